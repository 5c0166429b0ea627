import { performance } from 'node:perf_hooks';
import { PrismaPg } from '@prisma/adapter-pg';
import { Pool } from 'pg';
import { startEmbeddedPostgres } from '../../platform/db/embedded';
import { generatePrisma } from '../../platform/db/prisma-fixture';
import { runInScope } from '../../platform/db/scope';
import { createScopedDatabase, createTenant, type ScopedDatabase } from '../../platform/db/scope-fixture';
import { createScopedPrisma } from '../../platform/db/scoped-prisma';
import { temporaryFolder } from '../../platform/testing/temporary-folder';
import type { Settings } from '../measure/interleave';
import { cpuOf, cpuSpent, pinRest, unpin } from '../measure/server-process';
import { median } from '../statistics';

/*
 * What the tenant costs on a point read: each way of setting it beside the same read without one,
 * interleaved in one run on a real PostgreSQL.
 *
 *   npm run bench -- rls
 */
const connections = 8;
const inFlight = 16;
const sql = 'SELECT id, organizacao_id, nome, documento FROM cliente WHERE id = $1';

type Row = { readonly id: string; readonly organizacaoId: string };
type Read = (row: Row) => Promise<unknown>;
type Generated = Awaited<ReturnType<typeof generatePrisma>>;

const plant = async (db: ScopedDatabase): Promise<Row[]> => {
  const rows: Row[] = [];
  const nomes = Array.from({ length: 500 }, (_, n) => `Cliente ${n}`);
  for (let tenant = 0; tenant < 20; tenant++) {
    const { ids, organizacaoId } = await createTenant(db, ...nomes);
    rows.push(...ids.map((id) => ({ id, organizacaoId })));
  }
  await db.admin.query('ANALYZE');
  return rows;
};

const inScope = <Result>({ organizacaoId }: Row, read: () => PromiseLike<Result>): Promise<Result> =>
  runInScope({ role: 'inquilino', organizacaoId }, read);

/** Each way over a pool of its own; those without a tenant as a superuser, whom no policy binds. */
const openWays = (db: ScopedDatabase, { PrismaClient }: Generated) => {
  const settings = { max: connections };
  const pools: Pool[] = [];
  const open = (connectionString: string): Pool => {
    const pool = new Pool({ connectionString, ...settings });
    pools.push(pool);
    return pool;
  };
  const plain = open(db.adminUrl);
  const prepared = open(db.adminUrl);
  const begun = open(db.appUrl);
  const scoped = db.openPool(settings);
  const scopedPrepared = db.openPool(settings);
  const plainPrisma = new PrismaClient({ adapter: new PrismaPg(open(db.adminUrl)) });
  const statementNameGenerator = () => 'read';
  const preparedPrisma = new PrismaClient({
    adapter: new PrismaPg(open(db.adminUrl), { statementNameGenerator }),
  });
  const scopedPrisma = createScopedPrisma(PrismaClient, db.openPool(settings));
  const unprepared = new PrismaClient({ adapter: new PrismaPg(db.openPool(settings)) });
  const interactive = new PrismaClient({ adapter: new PrismaPg(open(db.appUrl)) });
  const close = () => Promise.all(pools.map((pool) => pool.end()));
  const ways: Record<string, Read> = {
    'pg, no tenant': ({ id }) => plain.query(sql, [id]),
    'pg, ScopedPool': (row) => inScope(row, () => scoped.query(sql, [row.id])),
    'pg, BEGIN, set_config, COMMIT': async ({ id, organizacaoId }) => {
      const client = await begun.connect();
      await client.query('BEGIN');
      await client.query("SELECT set_config('teia.organizacao', $1, true)", [organizacaoId]);
      const { rows } = await client.query(sql, [id]);
      await client.query('COMMIT');
      client.release();
      return rows;
    },
    'pg prepared, no tenant': ({ id }) => prepared.query({ name: 'read', text: sql, values: [id] }),
    'pg prepared, ScopedPool': (row) =>
      inScope(row, () => scopedPrepared.query({ name: 'read', text: sql, values: [row.id] })),
    // Not findUnique, of which Prisma makes one statement for all that are in flight.
    'Prisma, no tenant': async ({ id }) => plainPrisma.cliente.findFirst({ where: { id } }),
    'Prisma prepared, no tenant': async ({ id }) => preparedPrisma.cliente.findFirst({ where: { id } }),
    'Prisma, ScopedPool, unprepared': (row) =>
      inScope(row, () => unprepared.cliente.findFirst({ where: { id: row.id } })),
    'Prisma, ScopedPool': (row) =>
      inScope(row, () => scopedPrisma.cliente.findFirst({ where: { id: row.id } })),
    'Prisma, interactive transaction': ({ id, organizacaoId }) =>
      interactive.$transaction(async (tx) => {
        await tx.$executeRaw`SELECT set_config('teia.organizacao', ${organizacaoId}, true)`;
        return await tx.cliente.findFirst({ where: { id } });
      }),
  };
  return { ways, close };
};

const serverCpu = async (db: ScopedDatabase) => {
  const { rows } = await db.admin.query(
    'SELECT pid FROM pg_stat_activity WHERE datname = current_database()',
  );
  return cpuOf(rows.map(({ pid }) => pid));
};

const burst = async (read: Read, rows: readonly Row[], db: ScopedDatabase, burstMs: number) => {
  const [client, server, start] = [process.cpuUsage(), await serverCpu(db), performance.now()];
  let reads = 0;
  const worker = async (): Promise<void> => {
    while (performance.now() - start < burstMs) {
      reads += 1;
      const row = rows[(reads * 7919) % rows.length];
      if (row) await read(row);
    }
  };
  await Promise.all(Array.from({ length: inFlight }, worker));
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(client);
  return {
    perSecond: reads / seconds,
    nodeMs: (user + system) / 1000 / reads,
    serverMs: cpuSpent(server, await serverCpu(db)) / reads,
  };
};

/** Bursts of each way in a round, each of a fifth of the time. */
const turns = 3;

const measure = async (db: ScopedDatabase, ways: Record<string, Read>, settings: Settings): Promise<void> => {
  const rounds = settings.rounds * turns;
  const burstMs = (settings.seconds * 1000) / 5;
  const rows = await plant(db);
  const samples = Object.entries(ways).map(([name, read]) => ({
    name,
    read,
    bursts: [] as Awaited<ReturnType<typeof burst>>[],
  }));
  for (const { read } of samples) await burst(read, rows, db, burstMs);
  for (let round = 0; round < rounds; round++) {
    for (const { read, bursts } of samples) bursts.push(await burst(read, rows, db, burstMs));
  }
  console.log(
    `${inFlight} in flight over ${connections} connections, medians of ${rounds} interleaved bursts`,
  );
  console.table(
    Object.fromEntries(
      samples.map(({ name, bursts }) => [
        name,
        {
          'reads/s': Math.round(median(bursts.map(({ perSecond }) => perSecond))),
          'CPU ms a read, Node': Number(median(bursts.map(({ nodeMs }) => nodeMs)).toFixed(3)),
          'CPU ms a read, PostgreSQL': Number(median(bursts.map(({ serverMs }) => serverMs)).toFixed(3)),
        },
      ]),
    ),
  );
};

/** What row-level security costs. */
export const benchRls = async (settings: Settings): Promise<void> => {
  // Here the bench itself is the application: it and PostgreSQL each have a core.
  unpin();
  const folder = await temporaryFolder();
  const server = await startEmbeddedPostgres({ dataDir: folder.path });
  const generated = await generatePrisma();
  const db = await createScopedDatabase(server);
  const { ways, close } = openWays(db, generated);
  await measure(db, ways, settings);
  await close();
  await db.stop();
  await server.stop();
  await generated.remove();
  await folder.remove();
  pinRest();
};
