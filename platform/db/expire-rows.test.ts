import { randomUUID } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import { Client } from 'pg';
import { PrismaClient } from '../../prisma/clientes/client/client';
import { createTestDatabase } from '../testing/test-database';
import { until } from '../testing/until';
import { queryOnce } from '../testing/with-client';
import { startExpiry } from './expire-rows';
import { openDatabase } from './open-database';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let admin: Client;
let prisma: PrismaClient;
let close: () => Promise<void>;
beforeAll(async () => {
  database = await createTestDatabase('clientes');
  admin = new Client(database.adminUrl);
  await admin.connect();
  ({ prisma, stop: close } = openDatabase<PrismaClient>(PrismaClient, database.url));
});
afterAll(async () => {
  await close();
  await admin.end();
  await database.drop();
});
beforeEach(() => admin.query('TRUNCATE teia.idempotencia'));

/** So many keys of different organizations, each of them a millisecond older than the one before. */
const plant = (count: number, age: string) =>
  admin.query(
    `INSERT INTO teia.idempotencia (organizacao_id, usuario_id, chave, caminho, operacao, resumo, criado_em)
     SELECT uuidv7(), $1, n, 'criarCliente', 'criarCliente', 'x', now() - $3::interval - n * interval '1 ms'
     FROM generate_series(1, $2::int) AS n`,
    [randomUUID(), count, age],
  );

const left = async () => Number((await admin.query('SELECT count(*) FROM teia.idempotencia')).rows[0].count);

it('deletes what has expired, of all organizations, however much it is, and nothing younger', async () => {
  await plant(2_500, '25 hours');
  await plant(3, '24 hours 59 minutes');
  const stop = startExpiry(prisma, { everyMs: 5 });
  await until(async () => (await left()) <= 3);
  await setTimeout(30);
  await stop();
  expect(await left()).toBe(3);
});

it('goes on after a failure, and is over once stopped', async () => {
  await plant(1, '25 hours');
  await admin.query('REVOKE DELETE ON teia.idempotencia FROM teia_limpeza');
  const stop = startExpiry(prisma, { everyMs: 5 });
  await setTimeout(30);
  expect(await left()).toBe(1);
  await admin.query('GRANT DELETE ON teia.idempotencia TO teia_limpeza');
  await until(async () => (await left()) === 0);
  await stop();
  await plant(1, '25 hours');
  await setTimeout(30);
  expect(await left()).toBe(1);
});

it('waits for who uses a key at this moment, and spares it if it is young by then', async () => {
  await plant(1, '25 hours');
  await admin.query('BEGIN');
  await admin.query('UPDATE teia.idempotencia SET criado_em = now()');
  const stop = startExpiry(prisma, { everyMs: 5 });
  const waiting = `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  await until(async () => (await queryOnce(database.adminUrl, waiting)).length === 1);
  await admin.query('COMMIT');
  await stop();
  expect(await left()).toBe(1);
});

describe('the role that deletes', () => {
  let client: Client;
  beforeAll(async () => {
    client = new Client(database.url);
    await client.connect();
  });
  afterAll(() => client.end());

  const as = async (role: string, sql: string): Promise<unknown> => {
    await client.query('BEGIN');
    await client.query(`SET LOCAL ROLE ${role}`);
    const outcome = await client.query(sql).then(
      ({ rowCount }) => rowCount,
      ({ code }) => code,
    );
    await client.query('ROLLBACK');
    return outcome;
  };
  const denied = '42501';

  it.each([
    'SELECT chave FROM teia.idempotencia',
    'SELECT resultado FROM teia.idempotencia',
    "UPDATE teia.idempotencia SET criado_em = 'epoch'",
    'TRUNCATE teia.idempotencia',
    'SELECT FROM teia.outbox',
    'DELETE FROM teia.outbox',
    'DELETE FROM teia.agregado',
    'SELECT FROM cliente',
    'DELETE FROM cliente',
  ])('may not: %s', async (sql) => {
    expect(await as('teia_limpeza', sql)).toBe(denied);
  });

  it('neither sees nor deletes what lives', async () => {
    await plant(2, '24 hours');
    await plant(1, '26 hours');
    expect(await as('teia_limpeza', 'SELECT criado_em FROM teia.idempotencia')).toBe(1);
    expect(await as('teia_limpeza', 'DELETE FROM teia.idempotencia')).toBe(1);
  });

  it('is the only one that deletes keys', async () => {
    expect(await as('teia_aplicacao', 'DELETE FROM teia.idempotencia')).toBe(denied);
  });
});
