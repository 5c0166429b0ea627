import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { temporaryFolder } from '../platform/testing/temporary-folder';
import { teiaProcess } from '../router/testing/teia-process';
import { subgraphs } from '../subgraphs';

const patienceMs = 30_000;

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder();
});
afterAll(() => folder.remove());

const running: ReturnType<typeof teiaProcess>[] = [];
// With an administrator of their own, starts do not fill the demo organization, which takes a while.
const admin = { email: 'ana@exemplo.com.br', senha: 'uma senha das longas' };

const start = () => {
  const settings = {
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

type Answer = {
  readonly data?: {
    readonly entrar: { readonly tokenAcesso: string };
    readonly clientes: {
      readonly edges: readonly {
        readonly node: { readonly nome: string; readonly oportunidades: unknown };
      }[];
    };
  };
  readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
};

const ask = async (url: string, query: string, token?: string): Promise<Answer> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answer;
};

const login = `mutation { entrar(dados: { email: "${admin.email}", senha: "${admin.senha}" }) { tokenAcesso } }`;
const create = `mutation { um: criarCliente(dados: { tipo: FISICA, nome: "João da Silva" }) { id }
  outro: criarCliente(dados: { tipo: FISICA, nome: "Conceição" }) { id } }`;
const firstQuery = `{ clientes(first: 2) { edges { node {
  nome enderecos { cidade } responsavel { nome } oportunidades(first: 3) { edges { node { titulo } } }
} } } }`;

const until = async <Result>(attempt: () => Promise<Result | false>): Promise<Result> => {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const result = await attempt();
    if (result !== false) return result;
    if (Date.now() > deadline) throw new Error(`never came true: ${attempt}`);
    await sleep(50);
  }
};

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

const expectNothingLeft = async (output: string) => {
  expect([...pids(output).keys()].sort()).toEqual([...Object.keys(subgraphs), 'router'].sort());
  const postmaster = join(folder.path, 'dados', 'postgres', 'data', 'postmaster.pid');
  await until(async () => ![...pids(output).values()].some(isAlive) && !existsSync(postmaster));
};

describe('npm run start:split', () => {
  it('answers from one process per subgraph, loses a branch with one, and ends all in order', async () => {
    const teia = start();
    const url = await teia.url();
    const token = (await ask(url, login)).data!.entrar.tokenAcesso;
    expect((await ask(url, create, token)).errors).toBeUndefined();
    const whole = await ask(url, firstQuery, token);
    expect(whole.errors).toBeUndefined();
    expect(whole.data!.clientes.edges).toHaveLength(2);

    process.kill(pids(teia.output()).get('vendas')!, 'SIGKILL');
    await teia.until(/vendas em \S+ terminou \(SIGKILL\)/);
    const without = await ask(url, firstQuery, token);
    expect(without.errors?.map(({ extensions }) => extensions.code)).toEqual(['SUBGRAPH_UNAVAILABLE']);
    expect(without.data!.clientes.edges).toEqual(
      whole.data!.clientes.edges.map(({ node }) => ({ node: { ...node, oportunidades: null } })),
    );

    expect(
      await until(async () => {
        const answer = await ask(url, firstQuery, token);
        return !answer.errors && answer;
      }),
    ).toEqual(whole);

    expect(await teia.end('SIGTERM')).toBe(0);
    await expectNothingLeft(teia.output());
    const ends = [...teia.output().matchAll(/^(\w+) +\| .*Encerrando/gm)].map(([, name]) => name);
    expect(ends[0]).toBe('router');
    expect(ends.slice(1).sort()).toEqual(Object.keys(subgraphs).sort());
  }, 180_000);

  it('finds everything where it was, and leaves nothing behind when it is killed', async () => {
    const teia = start();
    const url = await teia.url();
    const token = (await ask(url, login)).data!.entrar.tokenAcesso;
    expect((await ask(url, firstQuery, token)).data!.clientes.edges).toHaveLength(2);
    await teia.end('SIGKILL');
    await expectNothingLeft(teia.output());
  }, 180_000);
});
