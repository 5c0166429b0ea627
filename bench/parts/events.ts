import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { startRedisServer } from '../../platform/testing/redis-server';
import { openClient } from '../measure/ask';
import type { Settings } from '../measure/interleave';
import { digits, markdownTable } from '../report';
import { median, percentile } from '../statistics';
import { type Database, startDatabase } from '../teia/database';
import { signIn } from '../teia/demo-data';
import { startOneProcess } from '../teia/start';

const backlog = 5_000;
const singles = 200;
const patienceMs = 120_000;

/** Notes the instant at which a row is committed, but for the disk: a deferred trigger runs last. */
const noteCommits = (table: string, columns: string, condition = 'true') => `
  CREATE SCHEMA bench;
  CREATE TABLE bench.visto (id uuid, em timestamptz);
  CREATE FUNCTION bench.anotar() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
  BEGIN
    INSERT INTO bench.visto VALUES (NEW.${columns}, clock_timestamp());
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER anotar AFTER INSERT OR UPDATE ON ${table}
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (${condition}) EXECUTE FUNCTION bench.anotar();`;

const openPlaces = async (database: Database) => {
  const [clientes, vendas, usuarios] = ['clientes', 'vendas', 'usuarios'].map(
    (name) => new Client({ connectionString: database.adminUrlOf(name) }),
  );
  await clientes!.connect();
  await vendas!.connect();
  await usuarios!.connect();
  await clientes!.query(noteCommits('teia.outbox', 'agregado_id', "NEW.agregado_tipo = 'Cliente'"));
  await vendas!.query(noteCommits('teia.agregado_consumido', 'id', 'NEW.evento_id IS NOT NULL'));
  await usuarios!.query(noteCommits('auditoria', 'id'));
  return { clientes: clientes!, vendas: vendas!, usuarios: usuarios! };
};

type Places = Awaited<ReturnType<typeof openPlaces>>;

const seen = async (place: Client): Promise<Map<string, number>> => {
  const { rows } = await place.query('SELECT id, extract(epoch FROM em) * 1000 AS em FROM bench.visto');
  return new Map(rows.map(({ id, em }) => [id, Number(em)]));
};

const untilSeen = async (place: Client, count: number): Promise<void> => {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const { rows } = await place.query('SELECT count(*)::int AS seen FROM bench.visto');
    if (rows[0].seen >= count) return;
    if (Date.now() > deadline) throw new Error(`${rows[0].seen} of ${count} events arrived`);
    await sleep(100);
  }
};

/** Events of aggregates of their own, in one transaction, as an import would write them. */
const writeBacklog = (clientes: Client) =>
  clientes.query(
    `WITH novo AS MATERIALIZED (SELECT uuidv7() AS id FROM generate_series(1, $1)),
     numero AS (INSERT INTO teia.agregado SELECT $2::uuid, 'Cliente', id, 1 FROM novo)
     INSERT INTO teia.outbox (id, organizacao_id, tipo, agregado_tipo, agregado_id, sequencia, dados,
       correlation_id, criado_em)
     SELECT uuidv7(), $2::uuid, 'ClienteCriado', 'Cliente', id, 1,
       jsonb_build_object('clienteId', id, 'responsavelId', NULL), 'bench', now()
     FROM novo`,
    [backlog, randomUUID()],
  );

/** Audit records of one organization, in one transaction: their numbers are given one after the other. */
const writeAuditBacklog = async (clientes: Client): Promise<number> => {
  await clientes.query(
    `INSERT INTO teia.outbox (id, organizacao_id, tipo, agregado_tipo, agregado_id, sequencia, dados,
       correlation_id, criado_em)
     SELECT id, $2::uuid, 'RegistroDeAuditoria', 'Auditoria', id, 1,
       jsonb_build_object('acao', 'cliente.criar', 'entidade', 'Cliente', 'entidadeId', id, 'campos', '["nome"]'::jsonb,
         'usuarioId', id, 'sessaoId', id, 'ip', '192.0.2.1', 'userAgent', 'bench', 'requestId', 'bench'),
       'bench', now()
     FROM (SELECT uuidv7() AS id FROM generate_series(1, $1)) AS novo`,
    [backlog, randomUUID()],
  );
  return Date.now();
};

const mutation = 'mutation { criarCliente(dados: { tipo: FISICA, nome: "Maria da Silva" }) { id } }';

const forget = async ({ clientes, vendas, usuarios }: Places) => {
  await clientes.query('TRUNCATE bench.visto');
  await vendas.query('TRUNCATE bench.visto');
  await usuarios.query('TRUNCATE bench.visto');
};

const measureEngine = async (env: NodeJS.ProcessEnv) => {
  const database = await startDatabase();
  const places = await openPlaces(database);
  const teia = await startOneProcess({ env: { ...database.env, ...env } });
  try {
    const client = openClient({ url: teia.url, headers: await signIn(teia.url, database) }, 1);
    const one = () => client.ask(JSON.stringify({ query: mutation }));
    for (let n = 0; n < 20; n++) await one();
    await untilSeen(places.vendas, 20);
    await forget(places);

    for (let n = 0; n < singles; n++) {
      await one();
      await sleep(10);
    }
    await untilSeen(places.vendas, singles);
    const [written, arrived] = [await seen(places.clientes), await seen(places.vendas)];
    const latencies = [...written].map(([id, em]) => arrived.get(id)! - em);
    await forget(places);

    await writeBacklog(places.clientes);
    await untilSeen(places.vendas, backlog);
    const from = Math.max(...(await seen(places.clientes)).values());
    const to = Math.max(...(await seen(places.vendas)).values());
    await forget(places);
    const auditFrom = await writeAuditBacklog(places.clientes);
    await untilSeen(places.usuarios, backlog);
    const auditTo = Math.max(...(await seen(places.usuarios)).values());
    await client.close();
    return {
      perSecond: backlog / ((to - from) / 1000),
      audited: backlog / ((auditTo - auditFrom) / 1000),
      p50: percentile(latencies, 50),
      p95: percentile(latencies, 95),
      p99: percentile(latencies, 99),
    };
  } finally {
    await teia.stop();
    await places.clientes.end();
    await places.vendas.end();
    await places.usuarios.end();
    await database.stop();
  }
};

const hasRedis = (): boolean => {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
};

const onRedis = async () => {
  const redis = await startRedisServer();
  try {
    return await measureEngine({ REDIS_URL: redis.url });
  } finally {
    await redis.stop();
  }
};

type Figures = Awaited<ReturnType<typeof measureEngine>>;
type Engine = { readonly name: string; readonly measure: () => Promise<Figures>; readonly seen: Figures[] };

const spread = (samples: readonly number[]): string => {
  const [mid, least, most] = [median(samples), Math.min(...samples), Math.max(...samples)].map(digits);
  return `${mid} (${least}–${most})`;
};

/**
 * How fast events reach the domain that consumes them, over each engine, in one process. The engines take turns,
 * each time with a new database.
 */
export const benchEvents = async ({ rounds }: Settings): Promise<void> => {
  const engines: Engine[] = [{ name: 'PostgreSQL', measure: () => measureEngine({}), seen: [] }];
  if (hasRedis()) engines.push({ name: 'Redis', measure: onRedis, seen: [] });
  for (let round = 0; round < rounds; round++) {
    for (const { measure, seen } of engines) seen.push(await measure());
    console.log(`  round ${round + 1} of ${rounds}`);
  }
  const columns = ['perSecond', 'audited', 'p50', 'p95', 'p99'] as const;
  console.log(
    markdownTable(
      [
        'queues on',
        'events/s of a backlog',
        'audit records/s',
        'commit to effect, p50 ms',
        'p95 ms',
        'p99 ms',
      ],
      engines.map(({ name, seen }) => [
        name,
        ...columns.map((column) => spread(seen.map((figures) => figures[column]))),
      ]),
    ),
  );
  console.log(
    `\nMedian (lowest–highest) of the rounds. A backlog of ${backlog} events at once, and of as many audit records of one organization; ${singles} single ones, one after the other.`,
  );
  if (!hasRedis()) console.log('There is no redis-server here: nothing is known of Redis.');
};
