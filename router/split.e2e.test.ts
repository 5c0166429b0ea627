import { request } from 'undici';
import { subgraphUrlSetting } from '../platform/settings/subgraphs';
import { freePort } from '../platform/testing/free-port';
import { until } from '../platform/testing/until';
import { asker, sellOnce } from './testing/sell-once';
import { names, type SplitTeia, splitTeia } from './testing/split-teia';
import { teiaProcess } from './testing/teia-process';

let split: SplitTeia;
beforeAll(async () => {
  split = await splitTeia();
});
afterAll(() => split.stop());

const statusOf = async (url: string) => {
  const { statusCode, body } = await request(url);
  await body.dump();
  return statusCode;
};

const acrossAll = `{ clientes(first: 2) { edges { node {
  nome responsavel { nome } vendas: oportunidades(first: 1) { totalCount }
} } } }`;

const node = { nome: 'Zoë', responsavel: { nome: expect.any(String) }, vendas: { totalCount: 1 } };
const only = (shown: object) => ({ clientes: { edges: [{ node: shown }] } });

describe('each subgraph in a process of its own', () => {
  it('answers as one graph, loses only the branch of one that was killed, and starts without it', async () => {
    const running = new Map<string, Awaited<ReturnType<SplitTeia['serve']>>>();
    await Promise.all(names.map(async (name) => running.set(name, await split.serve(name))));
    const router = split.route();
    const url = await router.url();
    const ask = asker(url);

    const { token } = await sellOnce(ask);
    expect(await ask(acrossAll, {}, token)).toEqual({ status: 200, data: only(node) });

    for (const { url } of running.values()) {
      expect(await statusOf(`${url}/health/live`)).toBe(200);
      expect(await statusOf(`${url}/health/ready`)).toBe(200);
    }
    const origin = new URL(url).origin;
    const { body: fromRouter } = await request(`${origin}/.well-known/jwks.json`);
    const { body: fromUsuarios } = await request(`${running.get('usuarios')!.url}/.well-known/jwks.json`);
    expect(await fromRouter.text()).toBe(await fromUsuarios.text());
    const direct = await request(`${running.get('clientes')!.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: '{ clientes { totalCount } }' }),
    });
    expect(direct.statusCode).toBe(401);
    await direct.body.dump();

    await running.get('vendas')!.end('SIGKILL');
    const partial = await ask(acrossAll, {}, token);
    expect(partial.status).toBe(200);
    expect(partial.data).toEqual(only({ ...node, vendas: null }));
    expect(partial.errors).toEqual([
      expect.objectContaining({
        path: ['clientes', 'edges', 0, 'node', 'vendas'],
        extensions: {
          code: 'SUBGRAPH_UNAVAILABLE',
          requestId: expect.any(String),
          traceId: expect.any(String),
        },
      }),
    ]);
    expect(await statusOf(`${origin}/health/ready`)).toBe(200);

    // What usuarios revokes is known for another while.
    await running.get('usuarios')!.end('SIGKILL');
    const two = await ask(acrossAll, {}, token);
    expect(two.data).toEqual(only({ ...node, responsavel: null, vendas: null }));
    expect(two.errors?.map(({ extensions }) => extensions.code)).toEqual([
      'SUBGRAPH_UNAVAILABLE',
      'SUBGRAPH_UNAVAILABLE',
    ]);

    // The router starts again while both are down, and tells who asks from nobody once usuarios is back.
    expect(await router.end('SIGTERM')).toBe(0);
    const second = asker(await split.route().url());
    expect((await second(acrossAll, {}, token)).status).toBe(503);
    running.set('vendas', await split.serve('vendas'));
    running.set('usuarios', await split.serve('usuarios'));
    await until(async () => (await second(acrossAll, {}, token)).status === 200);
    expect(await second(acrossAll, {}, token)).toEqual({ status: 200, data: only(node) });
    for (const { end, errors } of running.values()) {
      expect(await end('SIGTERM')).toBe(0);
      expect(errors()).toBe('');
    }
    // A dozen processes start in it, one after the other.
  }, 120_000);
});

describe('some subgraphs in the router and one of its own', () => {
  it('ask each other both ways', async () => {
    const port = String(await freePort());
    const door = `http://localhost:${port}`;
    const vendas = await split.serve('vendas', { SUBGRAPH_CLIENTES_URL: door, SUBGRAPH_USUARIOS_URL: door });
    const router = split.route({
      ...split.own,
      SUBGRAPH_CLIENTES_URL: '',
      SUBGRAPH_USUARIOS_URL: '',
      INTERNAL_PORT: port,
    });
    const url = await router.url();
    await sellOnce(asker(url));
    expect(await statusOf(`${door}/graphql`)).toBe(404);
    const { statusCode, body } = await request(`${door}/graphql`, { method: 'POST', body: '{' });
    await body.dump();
    expect(statusCode).toBe(401);
    expect(await router.end('SIGTERM')).toBe(0);
    expect(await vendas.end('SIGTERM')).toBe(0);
  });
});

describe('a start that cannot be', () => {
  const urls = Object.fromEntries(names.map((name) => [subgraphUrlSetting(name), 'http://localhost:1']));
  const known = names.join(', ');
  const others = names.filter((name) => name !== 'vendas').map(subgraphUrlSetting);
  const nowhere = { TEIA_DATA_DIR: '/dev/null/nunca' };
  const production = { NODE_ENV: 'production', DATABASE_URL: '', TEIA_CHAVES: '', TEIA_CHAVES_INTERNAS: '' };
  const deUsuarios = ['TEIA_CHAVES', 'TEIA_APP_URL', 'SMTP_URL', 'TEIA_EMAIL_REMETENTE'];
  const naming = (...settings: string[]) => settings.map((name) => `${name}: [^\\n]+\\n`).join('');

  it.each<[string, NodeJS.ProcessEnv, RegExp]>([
    ['no subgraph', { ...urls }, new RegExp(`^SUBGRAPH: .*${known}\\.\n$`)],
    ['an unknown subgraph', { ...urls, SUBGRAPH: 'venda' }, new RegExp(`^SUBGRAPH: .*${known}\\.\n$`)],
    ['no subgraph by a trick', { ...urls, SUBGRAPH: '__proto__' }, /^SUBGRAPH: [^\n]+\n$/],
    ['no way to the others', { SUBGRAPH: 'vendas' }, new RegExp(`^${naming(...others)}$`)],
    [
      'the address of a subgraph that does not exist',
      { ...urls, SUBGRAPH: 'vendas', SUBGRAPH_VENDA_URL: 'http://a' },
      /^SUBGRAPH_VENDA_URL: [^\n]+\n$/,
    ],
    [
      'production without its essentials',
      { ...urls, ...production, SUBGRAPH: 'vendas' },
      /^DATABASE_URL: [^\n]+\nTEIA_CHAVES_INTERNAS: [^\n]+\n$/,
    ],
    [
      'usuarios in production without its essentials',
      { ...urls, ...production, SUBGRAPH: 'usuarios' },
      new RegExp(`^${naming('DATABASE_URL', 'TEIA_CHAVES_INTERNAS', ...deUsuarios)}$`),
    ],
    [
      'keys that are not there',
      { ...urls, SUBGRAPH: 'vendas', TEIA_CHAVES_INTERNAS: '/nada.json' },
      /^TEIA_CHAVES_INTERNAS: [^\n]+\n$/,
    ],
    ['a folder for keys that is none', { ...urls, SUBGRAPH: 'vendas' }, /^TEIA_CHAVES_INTERNAS: [^\n]+\n$/],
  ])('of a subgraph stops at %s and names it', async (_, settings, lines) => {
    const child = teiaProcess({ ...nowhere, ...settings }, 'subgraphs/serve.js');
    expect(await child.ended).toBe(1);
    expect(child.errors()).toMatch(lines);
  });

  it.each<[string, NodeJS.ProcessEnv, RegExp]>([
    ['an address that is none', { SUBGRAPH_VENDAS_URL: 'vendas' }, /^SUBGRAPH_VENDAS_URL: [^\n]+\n$/],
    [
      'the address of a subgraph that does not exist',
      { SUBGRAPH_VENDA_URL: 'http://a' },
      new RegExp(`^SUBGRAPH_VENDA_URL: .*${known}\\.\n$`),
    ],
    [
      'production without the keys for the others',
      { ...production, ...urls },
      /^TEIA_CHAVES_INTERNAS: [^\n]+\n$/,
    ],
    [
      'production with some of the others here',
      { ...production, SUBGRAPH_VENDAS_URL: 'http://localhost:1' },
      new RegExp(`^${naming('DATABASE_URL', ...deUsuarios, 'TEIA_CHAVES_INTERNAS')}$`),
    ],
  ])('of the router stops at %s and names it', async (_, settings, lines) => {
    const child = teiaProcess({ ...nowhere, ...settings });
    expect(await child.ended).toBe(1);
    expect(child.errors()).toMatch(lines);
  });
});
