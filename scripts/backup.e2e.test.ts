import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { temporaryFolder } from '../platform/testing/temporary-folder';
import { until } from '../platform/testing/until';
import { asker, sellOnce } from '../router/testing/sell-once';
import { teiaProcess } from '../router/testing/teia-process';

const admin = { email: 'ana@exemplo.com.br', senha: 'uma senha das longas' };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
const running: ReturnType<typeof teiaProcess>[] = [];
afterAll(async () => {
  await Promise.all(running.map((teia) => teia.end('SIGKILL')));
  await folder.remove();
});

const settings = (place: string) => ({
  TEIA_DATA_DIR: join(folder.path, place),
  TEIA_ADMIN_EMAIL: admin.email,
  TEIA_ADMIN_SENHA: admin.senha,
});
const start = async (place: string) => {
  const teia = teiaProcess(settings(place));
  running.push(teia);
  return { ask: asker(await teia.url()), end: () => teia.end('SIGTERM') };
};
const run = async (program: string, environment: NodeJS.ProcessEnv, ...options: string[]) => {
  const child = teiaProcess(environment, `scripts/${program}.js`, options);
  return { code: await child.ended, output: child.output(), errors: child.errors() };
};

const entrar = 'mutation ($dados: EntrarInput!) { entrar(dados: $dados) { tokenAcesso } }';
const criar = 'mutation ($dados: CriarClienteInput!) { criarCliente(dados: $dados) { id } }';
const excluir = 'mutation ($id: ID!) { excluirCliente(dados: { id: $id }) { id } }';
const situacao =
  'query ($id: ID!) { oportunidades(first: 2, filtro: { clienteId: $id }) { edges { node { situacao } } } }';
const total = '{ clientes(first: 1) { totalCount } }';
const verificar = '{ verificarAuditoria { integra problemas { __typename } } }';
const exclusoes = `query ($id: ID!) {
  auditoria(first: 5, filtro: { acao: "cliente.excluir", entidadeId: $id }) { edges { node { numero } } }
}`;

type Ask = Awaited<ReturnType<typeof start>>['ask'];
/** The one root field that was asked for. */
const answered = async <Answer>(answer: ReturnType<Ask>): Promise<Answer> => {
  const { data, errors } = await answer;
  expect(errors).toBeUndefined();
  return Object.values(data!)[0]! as Answer;
};
const totalOf = async (ask: Ask, token: string): Promise<number> =>
  (await answered<{ totalCount: number }>(ask(total, {}, token))).totalCount;
const enter = async (ask: Ask): Promise<string> =>
  (await answered<{ tokenAcesso: string }>(ask(entrar, { dados: admin }))).tokenAcesso;

/** Creates Clientes one after the other. @returns how to stop. */
const keepCreating = (ask: Ask, token: string) => {
  let isOn = true;
  const create = async (): Promise<void> => {
    while (isOn) await answered(ask(criar, { dados: { tipo: 'FISICA', nome: 'Um entre muitos' } }, token));
  };
  const creating = create();
  return async () => {
    isOn = false;
    await creating;
  };
};

test('what runs is copied while people work, and goes on in another place', async () => {
  const before = await start('antes');
  const { token, clienteId } = await sellOnce(before.ask, admin);
  const least = await totalOf(before.ask, token);
  const stopCreating = keepCreating(before.ask, token);
  await until(async () => (await totalOf(before.ask, token)) > least + 3);
  const copied = await run(
    'backup',
    settings('antes'),
    '--para',
    `${join(folder.path, 'copias')}/`,
    '--manter',
    '1',
  );
  expect(copied).toMatchObject({ code: 0, errors: '' });
  expect(copied.output).toMatch(/^vendas: \d+ tabelas, \d+ linhas$/m);
  const [file, ...others] = await readdir(join(folder.path, 'copias'));
  expect(others).toEqual([]);
  await stopCreating();
  const most = await totalOf(before.ask, token);
  expect(await before.end()).toBe(0);

  const restored = await run('restore', settings('depois'), join(folder.path, 'copias', file!));
  expect(restored).toMatchObject({ code: 0, errors: '' });
  expect(restored.output).toContain('contagens e somas iguais às da cópia');

  const { ask, end } = await start('depois');
  const again = await enter(ask);
  const kept = await totalOf(ask, again);
  expect(kept).toBeGreaterThan(least + 3);
  expect(kept).toBeLessThanOrEqual(most);

  // Numbers go on, in the aggregate, at its consumer and in the trail.
  await answered(ask(excluir, { id: clienteId }, again));
  const cancelada = { edges: [{ node: { situacao: 'CANCELADA' } }] };
  await until(async () =>
    isDeepStrictEqual((await ask(situacao, { id: clienteId }, again)).data?.oportunidades, cancelada),
  );
  await until(async () => {
    // Who asks often is refused.
    await sleep(500);
    const { edges } = await answered<{ edges: unknown[] }>(ask(exclusoes, { id: clienteId }, again));
    return edges.length === 1;
  });
  expect(await answered(ask(verificar, {}, again))).toEqual({ integra: true, problemas: [] });
  await answered(ask(criar, { dados: { tipo: 'FISICA', nome: 'Depois' } }, again));
  expect(await end()).toBe(0);
}, 240_000);

test('what is asked for wrongly is explained', async () => {
  const nowhere = { TEIA_DATA_DIR: join(folder.path, 'nada') };
  const own = { ...nowhere, DATABASE_URL: 'postgres://teia_app:x@127.0.0.1:1/teia' };
  const admin = { DATABASE_ADMIN_URL: 'postgres://postgres:x@127.0.0.1:1/postgres' };
  const redis = { REDIS_URL: 'redis://127.0.0.1:1' };
  const runs = [
    ['backup', nowhere, ['--apagar'], /^Uso: npm run backup/],
    ['backup', nowhere, ['--manter', '0'], /^Uso: npm run backup/],
    ['backup', nowhere, [], /^TEIA_DATA_DIR: não há banco de dados em .*nada\.$/],
    ['backup', own, [], /^DATABASE_ADMIN_URL: é obrigatória aqui, junto de DATABASE_URL\.$/],
    [
      'backup',
      { ...own, ...admin },
      ['--para', folder.path],
      /^DATABASE_ADMIN_URL: ninguém atende neste endereço\.$/,
    ],
    ['restore', nowhere, [], /^Uso: npm run restore/],
    ['restore', nowhere, ['a.tar', 'b.tar'], /^Uso: npm run restore/],
    ['restore', { ...own, ...admin }, ['nada.tar'], /^Não há nada\.tar\.$/],
    ['restore', { ...own, ...admin, ...redis }, ['nada.tar'], /^REDIS_URL: o servidor não responde\.$/],
  ] as const;
  const answers = await Promise.all(
    runs.map(([program, environment, options]) => run(program, environment, ...options)),
  );
  for (const [index, { code, errors }] of answers.entries()) {
    expect(errors.trim()).toMatch(runs[index]![3]);
    expect(code).toBe(1);
  }
}, 120_000);
