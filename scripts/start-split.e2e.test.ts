import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { freePort } from '../platform/testing/free-port';
import { temporaryFolder } from '../platform/testing/temporary-folder';
import { until } from '../platform/testing/until';
import { asker, sellOnce } from '../router/testing/sell-once';
import { teiaProcess } from '../router/testing/teia-process';
import { subgraphs } from '../subgraphs';
import { neededSeries } from './testing/monitoring';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

const running: ReturnType<typeof teiaProcess>[] = [];
// With an administrator of their own, starts do not fill the demo organization, which takes a while.
const admin = { email: 'ana@exemplo.com.br', senha: 'uma senha das longas' };

const start = async () => {
  const settings = {
    PORT: String(await freePort()),
    TEIA_DATA_DIR: join(folder.path, 'dados'),
    TEIA_ADMIN_EMAIL: admin.email,
    TEIA_ADMIN_SENHA: admin.senha,
  };
  const teia = teiaProcess(settings, 'scripts/start-split.js');
  running.push(teia);
  return teia;
};
afterEach(async () => {
  await Promise.all(running.splice(0).map((teia) => teia.end('SIGKILL')));
});

const clientes = `{ clientes(first: 2) { edges { node {
  nome responsavel { nome } oportunidades(first: 3) { edges { node { titulo } } }
} } } }`;
const situacao = '{ oportunidades(first: 2) { edges { node { situacao } } } }';
const login = 'mutation ($dados: EntrarInput!) { entrar(dados: $dados) { tokenAcesso } }';
const excluir = 'mutation ($id: ID!) { excluirCliente(dados: { id: $id }) { id } }';

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

/** The last process of each service. */
const pids = (output: string) =>
  new Map([...output.matchAll(/(\w+) em \S+: processo (\d+)/g)].map(([, name, pid]) => [name, Number(pid)]));

/** The names of all series that any of the processes has at its /metrics. */
const seriesTold = async (output: string): Promise<Set<string>> => {
  const addresses = [...output.matchAll(/métricas em (\S+)/g)].map(([, url = '']) => url);
  const texts = await Promise.all(addresses.map(async (url) => (await fetch(url)).text()));
  const told = [...texts.join('\n').matchAll(/^# TYPE (\S+) (\w+)$/gm)];
  return new Set(
    told.flatMap(([, name = '', type]) =>
      type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name],
    ),
  );
};

const postmaster = () => join(folder.path, 'dados', 'postgres', 'data', 'postmaster.pid');

const expectNothingLeft = async (output: string) => {
  expect([...pids(output).keys()].sort()).toEqual([...Object.keys(subgraphs), 'router'].sort());
  await until(async () => ![...pids(output).values()].some(isAlive) && !existsSync(postmaster()));
};

const cancelada = { edges: [{ node: { situacao: 'CANCELADA' } }] };

describe('npm run start:split', () => {
  it('answers from one process per subgraph, loses a branch with one, and ends all in order', async () => {
    const teia = await start();
    const ask = asker(await teia.url());
    const { token, clienteId } = await sellOnce(ask, admin);
    const cliente = { nome: 'Zoë', responsavel: { nome: expect.any(String) } };
    const oportunidades = { edges: [{ node: { titulo: 'x' } }] };
    const whole = { status: 200, data: { clientes: { edges: [{ node: { ...cliente, oportunidades } }] } } };
    expect(await ask(clientes, {}, token)).toEqual(whole);
    const [, metrics = ''] = await teia.until(/vendas: métricas em (\S+)/);
    expect(await (await fetch(metrics)).text()).toContain('teia_events_dead{destino="vendas"} 0');
    const told = await seriesTold(teia.output());
    // What no process measures would be an empty panel, or an alert that nobody ever gets.
    expect(neededSeries.filter((name) => !told.has(name))).toEqual([]);

    const killed = pids(teia.output()).get('vendas')!;
    process.kill(killed, 'SIGKILL');
    const next = await until(() => {
      const pid = pids(teia.output()).get('vendas')!;
      return pid !== killed && pid;
    });
    expect(teia.output()).toMatch(/vendas em \S+ terminou \(SIGKILL\)/);
    // However fast it begins anew: not before it was missed.
    process.kill(next, 'SIGSTOP');
    expect(await ask(clientes, {}, token)).toEqual({
      status: 200,
      data: { clientes: { edges: [{ node: { ...cliente, oportunidades: null } }] } },
      errors: [
        expect.objectContaining({ extensions: expect.objectContaining({ code: 'SUBGRAPH_UNAVAILABLE' }) }),
      ],
    });
    process.kill(next, 'SIGCONT');
    await until(async () => !(await ask(clientes, {}, token)).errors);
    expect(await ask(clientes, {}, token)).toEqual(whole);

    // What happens in one process is heard of in another.
    expect((await ask(excluir, { id: clienteId }, token)).errors).toBeUndefined();
    await until(async () =>
      isDeepStrictEqual((await ask(situacao, {}, token)).data?.oportunidades, cancelada),
    );

    expect(await teia.end('SIGTERM')).toBe(0);
    await expectNothingLeft(teia.output());
    const ends = [...teia.output().matchAll(/^(\w+) +\| .*Encerrando/gm)].map(([, name]) => name);
    expect(ends[0]).toBe('router');
    expect(ends.slice(1).sort()).toEqual(Object.keys(subgraphs).sort());
  }, 180_000);

  it('ends in the midst of a start, and leaves nothing behind', async () => {
    const teia = await start();
    await teia.until(/vendas em \S+: processo/);
    expect(await teia.end('SIGINT')).toBe(0);
    expect(teia.errors()).toBe('');
    expect([...pids(teia.output()).values()].filter(isAlive)).toEqual([]);
    expect(existsSync(postmaster())).toBe(false);
  }, 60_000);

  it('finds everything where it was, and leaves nothing behind when it is killed', async () => {
    const teia = await start();
    const ask = asker(await teia.url());
    const { data } = await ask(login, { dados: admin });
    const { tokenAcesso } = data!.entrar as unknown as { tokenAcesso: string };
    expect((await ask(situacao, {}, tokenAcesso)).data?.oportunidades).toEqual(cancelada);
    await teia.end('SIGKILL');
    await expectNothingLeft(teia.output());
  }, 180_000);
});
