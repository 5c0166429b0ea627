import { Client, type PoolClient } from 'pg';
import { testServer } from '../testing/test-server';
import { runInScope, type Scope } from './scope';
import { createScopedDatabase, createTenant, type ScopedDatabase } from './scope-fixture';
import type { ScopedPool } from './scoped-pool';

const identity: Scope = { role: 'identidade' };
type Tenant = Awaited<ReturnType<typeof createTenant>>;
let db: ScopedDatabase;
let pool: ScopedPool;
let ana: Tenant;
let bia: Tenant;
beforeAll(async () => {
  db = await createScopedDatabase(testServer());
});
afterAll(() => db.stop());
beforeEach(async () => {
  pool = db.openPool({ max: 1 });
  ana = await createTenant(db, 'Ana');
  bia = await createTenant(db, 'Bia');
});

const borrow = (scope: Scope): Promise<PoolClient> => runInScope(scope, () => pool.connect());

const names = async (client: Pick<PoolClient, 'query'>): Promise<string[]> => {
  const { rows } = await client.query('SELECT nome FROM cliente ORDER BY nome');
  return rows.map(({ nome }) => nome);
};

const namesOf = (scope: Scope): Promise<string[]> => runInScope(scope, () => names(pool));

const insert = (client: PoolClient, { organizacaoId }: Tenant, nome: string) =>
  client.query('INSERT INTO cliente (organizacao_id, nome) VALUES ($1, $2)', [organizacaoId, nome]);

const setting = async (client: PoolClient): Promise<unknown> => {
  const withoutScope: typeof client.query = Client.prototype.query.bind(client);
  const { rows } = await withoutScope(
    "SELECT current_setting('teia.organizacao', true) AS organizacao, current_role::text AS role",
  );
  return rows[0];
};

test('a transaction has the tenant of the moment of borrowing until it commits', async () => {
  const client = await borrow(ana.scope);
  await runInScope(bia.scope, async () => {
    const begun = await client.query('BEGIN');
    expect(begun).toMatchObject({ command: 'BEGIN', rows: [] });
    expect(await setting(client)).toEqual({ organizacao: ana.organizacaoId, role: 'teia_aplicacao' });
    await insert(client, ana, 'Alba');
    expect(await names(client)).toEqual(['Alba', 'Ana']);
    await expect(insert(client, bia, 'Mallory')).rejects.toMatchObject({ code: '42501' });
    await client.query('ROLLBACK');
    await client.query('BEGIN');
    await insert(client, ana, 'Alice');
    await client.query('COMMIT');
  });
  expect(await setting(client)).toEqual({ organizacao: '', role: 'teia_app' });
  client.release();
  expect(await namesOf(ana.scope)).toEqual(['Alice', 'Ana']);
  expect(await namesOf(bia.scope)).toEqual(['Bia']);
});

test('a borrowed connection is scoped outside of transactions too', async () => {
  const client = await borrow(ana.scope);
  expect(await names(client)).toEqual(['Ana']);
  await client.query('BEGIN');
  await client.query('COMMIT');
  expect(await names(client)).toEqual(['Ana']);
  for (const several of ['COMMIT; SELECT * FROM cliente', 'BEGIN; COMMIT; SELECT * FROM cliente']) {
    await expect(client.query(several)).rejects.toMatchObject({ code: '42601' });
  }
  client.release();
});

test('identity work has its role in a transaction, and nobody has it after', async () => {
  const client = await borrow(identity);
  await client.query('BEGIN');
  expect(await names(client)).toEqual(expect.arrayContaining(['Ana', 'Bia']));
  await expect(insert(client, ana, 'Alba')).rejects.toMatchObject({ code: '42501' });
  await client.query('ROLLBACK');
  client.release();
  expect(await namesOf(bia.scope)).toEqual(['Bia']);
});

test('the BEGIN costs one round trip, scope included, and the server finds nothing to warn of', async () => {
  let roundTrips = 0;
  const notices: unknown[] = [];
  pool.on('connect', (client: PoolClient) => {
    client.on('notice', (notice) => notices.push(notice));
    client.connection.on('readyForQuery', () => {
      roundTrips += 1;
    });
  });
  const client = await borrow(identity);
  for (const text of ['BEGIN', 'SELECT 1', 'COMMIT']) await client.query(text);
  client.release();
  expect(roundTrips).toBe(3);
  expect(notices).toEqual([]);
});

test.each([
  [['BEGIN', 'SET TRANSACTION ISOLATION LEVEL SERIALIZABLE'], 'serializable', 'off'],
  [['BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY;'], 'repeatable read', 'on'],
  [['  start transaction isolation level serializable\n'], 'serializable', 'off'],
  [['begin transaction'], 'read committed', 'off'],
  [['/* traced */ BEGIN'], 'read committed', 'off'],
])('%j begins as it says', async (texts, isolation, readOnly) => {
  const client = await borrow(ana.scope);
  for (const text of texts) await client.query(text);
  const { rows } = await client.query(`SELECT current_setting('transaction_isolation') AS isolation,
    current_setting('transaction_read_only') AS read_only`);
  expect(rows).toEqual([{ isolation, read_only: readOnly }]);
  expect(await names(client)).toEqual(['Ana']);
  await client.query('ROLLBACK');
  client.release();
  expect(await namesOf(bia.scope)).toEqual(['Bia']);
});

test('savepoints keep the tenant, and an error goes back to one of them', async () => {
  const client = await borrow(ana.scope);
  await client.query('BEGIN');
  await insert(client, ana, 'Alba');
  await client.query('SAVEPOINT s');
  await insert(client, ana, 'Alice');
  await expect(client.query("SELECT 'x'::uuid")).rejects.toMatchObject({ code: '22P02' });
  await expect(names(client)).rejects.toMatchObject({ code: '25P02' });
  await client.query('ROLLBACK TO SAVEPOINT s');
  expect(await names(client)).toEqual(['Alba', 'Ana']);
  await client.query('RELEASE SAVEPOINT s');
  await client.query('COMMIT');
  client.release();
  expect(await namesOf(ana.scope)).toEqual(['Alba', 'Ana']);
});

test('a failed COMMIT leaves nothing open', async () => {
  const client = await borrow(ana.scope);
  await client.query('BEGIN');
  await client.query('SET CONSTRAINTS ALL DEFERRED');
  const twice = 'INSERT INTO cliente (organizacao_id, nome, documento) VALUES ($1, $2, 1), ($1, $2, 1)';
  await client.query(twice, [ana.organizacaoId, 'Alba']);
  await expect(client.query('COMMIT')).rejects.toMatchObject({ code: '23505' });
  await client.query('ROLLBACK');
  client.release();
  expect(await namesOf(bia.scope)).toEqual(['Bia']);
});

test('a chained transaction, which no BEGIN began, is denied everything', async () => {
  for (const scope of [ana.scope, identity]) {
    const client = await borrow(scope);
    await client.query('BEGIN');
    await client.query('COMMIT AND CHAIN');
    expect(await names(client)).toEqual([]);
    await client.query('ROLLBACK');
    client.release();
  }
});

test('a connection given back within a transaction, also a failed one, is not reused', async () => {
  for (const text of ['SELECT 1', 'SELEC']) {
    const client = await borrow(ana.scope);
    await client.query('BEGIN');
    await insert(client, ana, 'Alba');
    await client.query(text).catch(() => {});
    client.release();
    expect(await namesOf(bia.scope)).toEqual(['Bia']);
    expect(await namesOf(ana.scope)).toEqual(['Ana']);
  }
});

test('a connection given back without waiting for its BEGIN serves nobody else in it', async () => {
  const client = await borrow(ana.scope);
  const begun = client.query('BEGIN');
  client.release();
  await expect(namesOf(bia.scope)).rejects.toThrow('The open transaction belongs to another scope.');
  await begun;
  expect(await namesOf(bia.scope)).toEqual(['Bia']);
});

test('a connection that was given back runs nothing more', async () => {
  const client = await borrow(ana.scope);
  client.release();
  expect(() => client.query('SELECT 1')).toThrow('This database connection is not lent to anyone.');
});

test('a connection killed within a transaction fails it, and the process lives on', async () => {
  const client = await borrow(ana.scope);
  await client.query('BEGIN');
  await insert(client, ana, 'Alba');
  const { rows } = await client.query('SELECT pg_backend_pid() AS pid');
  const ended = new Promise((resolve) => client.once('end', resolve));
  await db.admin.query('SELECT pg_terminate_backend($1)', [rows[0].pid]);
  await ended;
  await expect(client.query('COMMIT')).rejects.toThrow('not queryable');
  client.release();
  expect(await namesOf(ana.scope)).toEqual(['Ana']);
});
