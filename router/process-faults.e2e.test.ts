import { setTimeout as sleep } from 'node:timers/promises';
import { subgraphUrlSetting } from '../platform/settings/subgraphs';
import { freePort } from '../platform/testing/free-port';
import { until } from '../platform/testing/until';
import { withClient } from '../platform/testing/with-client';
import { startMortalStore } from './testing/mortal-store';
import { asker, sellOnce } from './testing/sell-once';
import { names, type SplitTeia, splitTeia } from './testing/split-teia';

/** All requests here come from one person. */
const unlimited = { TEIA_LIMITE_USO: 'sem-limite' };

let postgres: Awaited<ReturnType<typeof startMortalStore>>;
let split: SplitTeia;
let token: string;
let url: string;
beforeAll(async () => {
  postgres = await startMortalStore();
  split = await splitTeia(async () => postgres.store);
  await Promise.all(names.map((name) => split.serve(name)));
  url = await split.route(unlimited).url();
  ({ token } = await sellOnce(asker(url)));
});
afterAll(() => split.stop());

const criar = 'mutation ($dados: CriarClienteInput!) { criarCliente(dados: $dados) { id } }';
const ler =
  '{ clientes(first: 3) { edges { node { id nome oportunidades(first: 1) { edges { node { titulo } } } } } } }';

type Answer = Awaited<ReturnType<ReturnType<typeof asker>>>;

/** Keeps reading and writing, several at a time, until told to stop; tells what was answered. */
const underLoad = (at: readonly string[], during: () => Promise<void>) => {
  const ask = at.map(asker);
  const acknowledged: string[] = [];
  const codes = new Map<string, number>();
  let isOver = false;
  const note = (code: string) => codes.set(code, (codes.get(code) ?? 0) + 1);
  const noteErrors = ({ errors = [] }: Answer) => {
    for (const { extensions } of errors) note(extensions.code!);
  };
  const once = async (n: number): Promise<void> => {
    const asking = ask[n % ask.length]!;
    if (n % 3 > 0) return noteErrors(await asking(ler, {}, token));
    const answer = await asking(criar, { dados: { tipo: 'FISICA', nome: `Sob carga ${n}` } }, token);
    noteErrors(answer);
    if (!answer.errors) acknowledged.push((answer.data!.criarCliente as unknown as { id: string }).id);
  };
  let n = 0;
  const worker = async (): Promise<void> => {
    while (!isOver) {
      await once(n++).catch(() => note('CONNECTION'));
      await sleep(5);
    }
  };
  const end = during().finally(() => {
    isOver = true;
  });
  return Promise.all([end, ...Array.from({ length: 6 }, worker)]).then(() => ({
    acknowledged,
    codes,
    sent: n,
  }));
};

/** Those of these Clientes that are not in the database. */
const missing = (ids: readonly string[]): Promise<string[]> =>
  withClient(postgres.store.adminUrlOf('clientes'), async (admin) => {
    const { rows } = await admin.query('SELECT id::text FROM cliente WHERE id = ANY($1::uuid[])', [ids]);
    const kept = new Set(rows.map(({ id }) => id));
    return ids.filter((id) => !kept.has(id));
  });

const answers = async () => !(await asker(url)(ler, {}, token)).errors;

it('loses no acknowledged write when PostgreSQL dies, and works again when it is back', async () => {
  const { acknowledged, codes } = await underLoad([url], async () => {
    await sleep(1_500);
    await postgres.kill();
    await sleep(1_000);
    await postgres.start();
    await until(answers);
    await sleep(1_000);
  });
  expect([...codes.keys()]).toEqual(['SUBGRAPH_UNAVAILABLE']);
  expect(acknowledged.length).toBeGreaterThan(10);
  expect(await missing(acknowledged)).toEqual([]);
});

it('costs the requests under way, and nobody else, when a router is killed', async () => {
  const other = split.route(unlimited);
  const otherUrl = await other.url();
  const { acknowledged, codes } = await underLoad([url, otherUrl], async () => {
    await sleep(1_000);
    await other.end('SIGKILL');
    await sleep(1_000);
  });
  expect([...codes.keys()]).toEqual(['CONNECTION']);
  expect(await missing(acknowledged)).toEqual([]);
  const alone = await underLoad([url], () => sleep(1_000));
  expect([...alone.codes]).toEqual([]);
});

it('fails no request when one of two instances of each subgraph is told to end, under load', async () => {
  const seconds = await Promise.all(
    names.map(async (name) => {
      const port = await freePort();
      return { name, port, instance: await split.serve(name, { PORT: String(port) }) };
    }),
  );
  const both = seconds.map(({ name, port }) => [
    subgraphUrlSetting(name),
    `${split.originOf(name)},http://localhost:${port}`,
  ]);
  const router = split.route({ ...unlimited, ...Object.fromEntries(both) });
  const at = await router.url();
  const { acknowledged, codes, sent } = await underLoad([at], async () => {
    for (const { instance } of seconds) {
      await sleep(500);
      expect(await instance.end('SIGTERM')).toBe(0);
    }
    await sleep(500);
  });
  expect([...codes]).toEqual([]);
  expect(sent).toBeGreaterThan(50);
  expect(await missing(acknowledged)).toEqual([]);
  expect(await router.end('SIGTERM')).toBe(0);
});

it('drains a router that is told to end under load: what was accepted is answered', async () => {
  const router = split.route(unlimited);
  const at = await router.url();
  const { acknowledged, codes } = await underLoad([at], async () => {
    await sleep(1_000);
    expect(await router.end('SIGTERM')).toBe(0);
  });
  // Connections that it refuses, and what comes on one that it is about to close: it says so, and does nothing.
  expect([...codes.keys()].filter((code) => code !== 'CONNECTION')).toEqual([]);
  expect(await missing(acknowledged)).toEqual([]);
});
