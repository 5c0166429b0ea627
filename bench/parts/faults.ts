import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { freePort } from '../../platform/testing/free-port';
import { operations, type Subjects } from '../operations';
import { digits, markdownTable } from '../report';
import { percentile } from '../statistics';
import { startDatabase } from '../teia/database';
import { fillDemo, signIn } from '../teia/demo-data';
import { startSplit } from '../teia/start';

const seconds = 60;
const [killedAt, startedAt] = [20, 30];
const inFlight = 8;
const victim = 'vendas';
/** What fails while the breaker is open is answered at once: it may not crowd out the rest. */
const pauseMs = 5;

type Answer = {
  readonly data?: Record<string, Record<string, unknown> | null> | null;
  readonly errors?: readonly {
    readonly path?: readonly (string | number)[];
    readonly extensions: { code: string };
  }[];
};

type Kind = {
  readonly name: string;
  readonly body: (n: number, subjects: Subjects) => string;
  /** The fields of the victim, as the last name of a path. */
  readonly ofVictim: readonly string[];
};

const of = (name: string): Pick<Kind, 'body'> => operations.find((one) => one.name === name)!;

const criar = 'mutation ($dados: CriarClienteInput!) { criarCliente(dados: $dados) { id nome } }';
const funis = 'query { funis { id nome } }';

const kinds: readonly Kind[] = [
  { name: 'point read', ...of('point read'), ofVictim: [] },
  { name: 'list of 20', ...of('list of 20'), ofVictim: [] },
  {
    name: 'customer whole',
    ...of('customer whole'),
    ofVictim: ['oportunidades', 'valorEmAberto'],
  },
  {
    name: 'criarCliente',
    body: (n) =>
      JSON.stringify({ query: criar, variables: { dados: { tipo: 'FISICA', nome: `Cliente ${n}` } } }),
    ofVictim: [],
  },
  { name: 'funis (vendas alone)', body: () => JSON.stringify({ query: funis }), ofVictim: ['funis'] },
];

type Tally = { sent: number; ofVictim: number; others: number; readonly ms: number[] };

const tellApart = ({ data, errors = [] }: Answer, { ofVictim }: Kind, tally: Tally): void => {
  // No answer of the graph, as when the router itself refuses.
  if (data === undefined && errors.length === 0) tally.others += 1;
  for (const { path = [], extensions } of errors) {
    const isOfVictim =
      extensions.code === 'SUBGRAPH_UNAVAILABLE' && path.some((part) => ofVictim.includes(String(part)));
    if (isOfVictim) tally.ofVictim += 1;
    else tally.others += 1;
  }
};

const breakerOf = async (metricsUrl: string): Promise<number> => {
  const { body } = await request(metricsUrl);
  const line = new RegExp(`^gateway_circuit_breaker_state\\{service="${victim}"\\} (\\d)$`, 'm').exec(
    await body.text(),
  );
  return Number(line?.[1] ?? Number.NaN);
};

/** When the breaker is first seen closed, in milliseconds from now. */
const closesIn = async (metricsUrl: string): Promise<number> => {
  const start = performance.now();
  while ((await breakerOf(metricsUrl)) !== 0) await sleep(20);
  return performance.now() - start;
};

/** A minute of mixed load on split processes, of which one dies and comes back: what it costs the others. */
export const benchFaults = async (): Promise<void> => {
  const database = await startDatabase();
  const metricsPort = await freePort();
  const split = await startSplit(database, { METRICS_PORT: String(metricsPort) }).catch(async (error) => {
    await database.stop();
    throw error;
  });
  const metricsUrl = `http://127.0.0.1:${metricsPort}/metrics`;
  try {
    const subjects = await fillDemo(split.url, database);
    const headers = { 'content-type': 'application/json', ...(await signIn(split.url, database)) };
    const tallies = new Map(
      kinds.map((kind) => [kind, { sent: 0, ofVictim: 0, others: 0, ms: [] } as Tally]),
    );
    const start = performance.now();
    let n = 0;
    const worker = async (): Promise<void> => {
      while (performance.now() - start < seconds * 1000) {
        const kind = kinds[n % kinds.length]!;
        const tally = tallies.get(kind)!;
        const begin = performance.now();
        tally.sent += 1;
        try {
          const { body } = await request(split.url, {
            method: 'POST',
            headers,
            body: kind.body(n++, subjects),
          });
          tellApart((await body.json()) as Answer, kind, tally);
        } catch {
          tally.others += 1;
        }
        tally.ms.push(performance.now() - begin);
        await sleep(pauseMs);
      }
    };
    const kill = async (): Promise<{ opened: boolean; closedAfter: number }> => {
      await sleep(killedAt * 1000);
      await split.kill(victim);
      await sleep((startedAt - killedAt) * 1000);
      const opened = (await breakerOf(metricsUrl)) !== 0;
      await split.startAgain(victim);
      return { opened, closedAfter: await closesIn(metricsUrl) };
    };
    const [{ opened, closedAfter }] = await Promise.all([
      kill(),
      ...Array.from({ length: inFlight }, worker),
    ]);
    console.log(
      markdownTable(
        ['', 'requests', `errors of ${victim}`, 'other errors', 'p50 ms', 'p95 ms', 'p99 ms'],
        [...tallies].map(([{ name }, { sent, ofVictim, others, ms }]) => [
          name,
          String(sent),
          String(ofVictim),
          String(others),
          ...[50, 95, 99].map((p) => percentile(ms, p)),
        ]),
      ),
    );
    console.log(
      `\n${victim} killed at ${killedAt} s, started at ${startedAt} s; breaker ${opened ? 'open' : 'not open'} before that, closed ${digits(closedAfter / 1000)} s after it was ready`,
    );
  } finally {
    await split.stop();
    await database.stop();
  }
};
