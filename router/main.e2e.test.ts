import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { databaseUrl } from '../platform/db/provision';
import { ensureSigningKeys } from '../platform/signing-keys';
import { mailSettings } from '../platform/testing/mail-settings';
import { temporaryFolder } from '../platform/testing/temporary-folder';
import { testServer } from '../platform/testing/test-server';
import { ClientesDocument, EntrarDocument } from '../schema/client/graphql';
import { subgraphs } from '../subgraphs';
import { fakeSupergraph } from './testing/fake-supergraph';
import { teiaProcess } from './testing/teia-process';

let folder: string;
let temporary: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  temporary = await temporaryFolder();
  folder = temporary.path;
});
afterAll(() => temporary.remove());

const running: ReturnType<typeof teiaProcess>[] = [];
const start = (settings: NodeJS.ProcessEnv) => {
  const teia = teiaProcess(settings);
  running.push(teia);
  return teia;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map((teia) => teia.end('SIGKILL')));
});

const ask = async (
  url: string,
  query: string,
  variables: object = {},
  headers: Record<string, string> = {},
) => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as { data?: never; errors?: { extensions: { code: string } }[] };
};

const login = async (url: string, dados: { email: string; senha: string }): Promise<string | undefined> => {
  const { data } = await ask(url, EntrarDocument.toString(), { dados });
  return (data as { entrar: { tokenAcesso: string } } | undefined | null)?.entrar?.tokenAcesso;
};

const countClientes = async (url: string, token: string): Promise<number> => {
  const { data, errors } = await ask(
    url,
    ClientesDocument.toString(),
    {},
    { authorization: `Bearer ${token}` },
  );
  if (errors) throw new Error(JSON.stringify(errors));
  return (data as unknown as { clientes: { totalCount: number } }).clientes.totalCount;
};

const demo = { email: 'demo@teia.dev', senha: 'demonstracao' };

describe('a start with no setting at all', () => {
  it('serves the demo organization, and keeps it through a Ctrl-C, a kill -9 and a SIGTERM', async () => {
    const TEIA_DATA_DIR = join(folder, 'dados');
    const first = start({ TEIA_DATA_DIR });
    const [, command] = await first.until(/^ {2}(curl .*)$/m);
    const pasted = await promisify(execFile)('sh', ['-c', command!]);
    const token = JSON.parse(pasted.stdout).data.entrar.tokenAcesso;
    const count = await countClientes(await first.url(), token);
    expect(count).toBeGreaterThan(200);
    const health = await (await fetch(new URL('/health', await first.url()))).json();
    expect(health).toMatchObject({ status: 'healthy' });
    const needed = [...Object.keys(subgraphs), 'queues', 'revocations'];
    expect(Object.keys((health as { checks: object }).checks).sort()).toEqual(needed.sort());
    expect(await first.end('SIGINT')).toBe(0);
    expect(first.errors()).toBe('');

    const second = start({ TEIA_DATA_DIR });
    expect(await countClientes(await second.url(), token)).toBe(count);
    await second.end('SIGKILL');

    const third = start({ TEIA_DATA_DIR });
    const url = await third.url();
    expect(await countClientes(url, (await login(url, demo))!)).toBe(count);

    const rival = start({ TEIA_DATA_DIR });
    expect(await rival.ended).toBe(1);
    expect(rival.errors()).toMatch(/^TEIA_DATA_DIR: .*já está em uso.*\n$/);

    expect(await third.end('SIGTERM')).toBe(0);
  });
});

describe('a start that cannot be', () => {
  it.each([
    ['a bad port', { PORT: 'quatro mil' }, /^PORT: [^\n]+\n$/],
    ['a port that is none', { PORT: '70000' }, /^PORT: [^\n]+\n$/],
    ['a bad mode', { NODE_ENV: 'producao' }, /^NODE_ENV: [^\n]+\n$/],
    ['a bad address', { DATABASE_URL: 'mysql://a@b/c' }, /^DATABASE_URL: [^\n]+\n$/],
    ['nobody at the address', { DATABASE_URL: 'postgres://a:b@127.0.0.1:1/c' }, /^DATABASE_URL: [^\n]+\n$/],
    [
      'an administrator for nothing',
      { DATABASE_ADMIN_URL: 'postgres://a@b/c' },
      /^DATABASE_ADMIN_URL: [^\n]+\n$/,
    ],
    ['a proxy that is none', { TEIA_PROXIES: '10.0.0.1, proxy' }, /^TEIA_PROXIES: [^\n]+\n$/],
    ['a short password', { TEIA_ADMIN_SENHA: '123' }, /^TEIA_ADMIN_SENHA: [^\n]+\n$/],
    ['a manifest that is not there', { TEIA_MANIFESTO: '/nada.json' }, /^TEIA_MANIFESTO: [^\n]+\n$/],
    ['a supergraph that is not there', { TEIA_SUPERGRAPH: '/nada.graphql' }, /^TEIA_SUPERGRAPH: [^\n]+\n$/],
    [
      'production without its essentials',
      { NODE_ENV: 'production' },
      /^DATABASE_URL: [^\n]+\nTEIA_CHAVES: [^\n]+\nTEIA_APP_URL: [^\n]+\nSMTP_URL: [^\n]+\nTEIA_EMAIL_REMETENTE: [^\n]+\n$/,
    ],
  ])('stops at %s, in a line that names it', async (_, settings, line) => {
    const teia = start({ TEIA_DATA_DIR: join(folder, 'nunca'), ...settings });
    expect(await teia.ended).toBe(1);
    expect(teia.errors()).toMatch(line);
  });

  it('stops at a data folder that is none', async () => {
    const file = join(folder, 'arquivo');
    await writeFile(file, '');
    const teia = start({ TEIA_DATA_DIR: file });
    expect(await teia.ended).toBe(1);
    expect(teia.errors()).toMatch(/^TEIA_DATA_DIR: [^\n]+\n$/);
  });

  it('stops at a busy port, and leaves no database behind', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
    const { port } = server.address() as { port: number };
    const TEIA_DATA_DIR = join(folder, 'porta');
    const teia = start({ TEIA_DATA_DIR, PORT: String(port) });
    expect(await teia.ended).toBe(1);
    expect(teia.errors()).toBe(`PORT: a porta ${port} já está em uso.\n`);
    server.close();
  });
});

describe('a supergraph of somebody else', () => {
  it('is served as its file changes, but not at another address without a restart', async () => {
    const text = fakeSupergraph((name) => `http://${name}.invalid`);
    const file = join(folder, 'supergrafo.graphql');
    await writeFile(file, text);
    const teia = start({ TEIA_SUPERGRAPH: file, TEIA_DATA_DIR: join(folder, 'outro') });
    const url = await teia.url();
    expect(await ask(url, '{ __type(name: "Novo") { name } }')).toEqual({ data: { __type: null } });
    await writeFile(file, text.replaceAll('Porte', 'Novo'));
    await teia.until(/supergraph reloaded/);
    expect(await ask(url, '{ __type(name: "Novo") { name } }')).toEqual({
      data: { __type: { name: 'Novo' } },
    });
    await writeFile(file, text.replace('http://vendas.invalid', 'http://outro.invalid'));
    await teia.until(/outro endereço ao subgrafo vendas: reinicie o roteador/);
    expect(await teia.end('SIGTERM')).toBe(0);
  });
});

describe('production, on a PostgreSQL of its own', () => {
  it('makes and tells the first administrator once, and has no demo, no Sandbox and no introspection', async () => {
    const name = `p${randomBytes(6).toString('hex')}`;
    const own = new URL(databaseUrl(testServer().adminUrl, name));
    own.username = name;
    own.password = 'senha';
    const keys = join(folder, 'chaves.json');
    await ensureSigningKeys(keys);
    const settings = { NODE_ENV: 'production', DATABASE_URL: own.href, TEIA_CHAVES: keys, ...mailSettings };

    const unprepared = start(settings);
    expect(await unprepared.ended).toBe(1);
    expect(unprepared.errors()).toMatch(/^DATABASE_URL: [^\n]+\n$/);

    const first = start({
      ...settings,
      DATABASE_ADMIN_URL: testServer().adminUrl,
      TEIA_PROXIES: '127.0.0.1, ::1',
    });
    const url = await first.url();
    const [, email, senha] = await first.until(/^Primeiro administrador: (\S+), senha (\S+)/m);
    const token = await login(url, { email: email!, senha: senha! });
    expect(await countClientes(url, token!)).toBe(0);
    expect(await login(url, demo)).toBeUndefined();
    const dados = { email: email!, senha: senha! };
    await ask(url, EntrarDocument.toString(), { dados }, { 'x-forwarded-for': '198.51.100.4, 203.0.113.9' });
    const { data } = await ask(url, '{ sessoes { endereco } }', {}, { authorization: `Bearer ${token}` });
    expect(JSON.stringify(data)).toContain('203.0.113.9');
    const { errors } = await ask(url, '{ __schema { types { name } } }');
    expect(errors?.[0]?.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    const page = await fetch(url, { headers: { accept: 'text/html' } });
    expect(page.status).toBeGreaterThanOrEqual(400);
    expect(await first.end('SIGTERM')).toBe(0);

    const second = start({ ...settings, TEIA_OPERACOES: 'somente-registradas' });
    const closed = await second.url();
    expect(await login(closed, dados)).toBeDefined();
    expect((await ask(closed, '{ __typename }')).errors?.[0]?.extensions).toMatchObject({
      code: 'FORBIDDEN',
      motivo: 'OPERACAO_NAO_REGISTRADA',
    });
    expect(second.output()).not.toMatch(/senha/i);
    expect(await second.end('SIGTERM')).toBe(0);

    const vendas = new Client(databaseUrl(testServer().adminUrl, `${name}_vendas`));
    await vendas.connect();
    await vendas.query("DELETE FROM _prisma_migrations WHERE migration_name LIKE '%_vendas'");
    await vendas.end();
    const outdated = start(settings);
    expect(await outdated.ended).toBe(1);
    expect(outdated.errors()).toMatch(/^DATABASE_URL: [^\n]*migrações[^\n]+\n$/);

    const admin = new Client(testServer().adminUrl);
    await admin.connect();
    for (const subgraph of ['clientes', 'usuarios', 'vendas']) {
      await admin.query(`DROP DATABASE ${name}_${subgraph} WITH (FORCE)`);
    }
    await admin.query(`DROP ROLE ${name}`);
    await admin.end();
  });
});
