import fc from 'fast-check';
import { Client } from 'pg';
import { testServer } from '../testing/test-server';
import { runInScope, type Scope } from './scope';
import { createScopedDatabase, createTenant, type ScopedDatabase } from './scope-fixture';
import type { ScopedPool } from './scoped-pool';

const identity: Scope = { role: 'identidade' };
let db: ScopedDatabase;
let pool: ScopedPool;
beforeAll(async () => {
  db = await createScopedDatabase(testServer());
});
afterAll(() => db.stop());
beforeEach(() => {
  pool = db.openPool({ max: 1, statement_timeout: 1_000 });
});

const names = async (scope: Scope, from = pool): Promise<string[]> => {
  const { rows } = await runInScope(scope, () => from.query('SELECT nome FROM cliente ORDER BY nome'));
  return rows.map(({ nome }) => nome);
};

const backend = async (scope: Scope): Promise<number> => {
  const { rows } = await runInScope(scope, () => pool.query('SELECT pg_backend_pid() AS pid'));
  return rows[0].pid;
};

/** What stays on the pool's only connection, seen without its scope. */
const leftovers = async (): Promise<unknown> => {
  const client = await runInScope(identity, () => pool.connect());
  const withoutScope: typeof client.query = Client.prototype.query.bind(client);
  const { rows } =
    await withoutScope(`SELECT current_setting('teia.organizacao') AS organizacao, current_role::text AS role,
       (SELECT count(*)::int FROM cliente) AS visible`);
  client.release();
  return rows[0];
};
const nothing = { organizacao: '', role: 'teia_app', visible: 0 };

test('a tenant sees its rows and no others, identity work sees all, and nothing stays behind', async () => {
  const ana = await createTenant(db, 'Ana', 'Alice');
  const bia = await createTenant(db, 'Bia');
  expect(await names(ana.scope)).toEqual(['Alice', 'Ana']);
  expect(await names(bia.scope)).toEqual(['Bia']);
  expect(await names(identity)).toEqual(expect.arrayContaining(['Alice', 'Ana', 'Bia']));
  expect(await names(bia.scope)).toEqual(['Bia']);
  expect(await leftovers()).toEqual(nothing);
});

test('a tenant writes its own rows only', async () => {
  const ana = await createTenant(db, 'Ana');
  const bia = await createTenant(db, 'Bia');
  const asAna = (sql: string, values: string[]) => runInScope(ana.scope, () => pool.query(sql, values));
  const insert = 'INSERT INTO cliente (organizacao_id, nome) VALUES ($1, $2)';
  expect(await asAna(insert, [ana.organizacaoId, 'Alba'])).toMatchObject({ rowCount: 1 });
  await expect(asAna(insert, [bia.organizacaoId, 'Mallory'])).rejects.toMatchObject({ code: '42501' });
  expect(await asAna("UPDATE cliente SET nome = 'x' WHERE id = $1", bia.ids)).toMatchObject({ rowCount: 0 });
  expect(await asAna('DELETE FROM cliente WHERE id = $1', bia.ids)).toMatchObject({ rowCount: 0 });
  expect(await names(bia.scope)).toEqual(['Bia']);
});

test('identity work for one organization has it set', async () => {
  const { organizacaoId } = await createTenant(db);
  const { rows } = await runInScope({ role: 'identidade', organizacaoId }, () =>
    pool.query("SELECT current_setting('teia.organizacao') AS organizacao, current_role::text AS role"),
  );
  expect(rows).toEqual([{ organizacao: organizacaoId, role: 'teia_identidade' }]);
});

test('without a scope nothing reaches the server, not even a connection', async () => {
  expect(() => pool.query('SELECT 1')).toThrow('No database scope');
  expect(() => pool.query('SELECT 1', () => {})).toThrow('No database scope');
  await expect(pool.connect()).rejects.toThrow('No database scope');
  expect(pool.totalCount).toBe(0);
});

test.each([
  ['syntax', 'SELEC 1', '42601'],
  [
    'constraint',
    "INSERT INTO cliente (organizacao_id, nome) VALUES (current_setting('teia.organizacao')::uuid, NULL)",
    '23502',
  ],
  ['malformed value', "SELECT 'x'::uuid", '22P02'],
  ['policy', "INSERT INTO cliente (organizacao_id, nome) VALUES (gen_random_uuid(), 'x')", '42501'],
  ['raised', "DO $$ BEGIN RAISE 'no'; END $$", 'P0001'],
  ['several commands', 'COMMIT; SELECT * FROM cliente', '42601'],
  ['time-out', 'SELECT pg_sleep(5)', '57014'],
])('after an error (%s) the same connection serves another tenant', async (_, sql, code) => {
  const ana = await createTenant(db, 'Ana');
  const bia = await createTenant(db, 'Bia');
  const pid = await backend(ana.scope);
  await expect(runInScope(ana.scope, () => pool.query(sql))).rejects.toMatchObject({ code });
  expect(await names(bia.scope)).toEqual(['Bia']);
  expect(await leftovers()).toEqual(nothing);
  expect(await backend(bia.scope)).toBe(pid);
});

test.each([
  'BEGIN',
  '/* traced */ BEGIN',
  'START TRANSACTION',
  "SET teia.organizacao = 'x'",
  'SET ROLE teia_identidade',
])('%s through the pool leaves nothing for the next tenant', async (sql) => {
  const ana = await createTenant(db, 'Ana');
  const bia = await createTenant(db, 'Bia');
  await runInScope(ana.scope, () => pool.query(sql));
  expect(await names(bia.scope)).toEqual(['Bia']);
});

const tenants = 20;
test('interleaved queries of many tenants over few connections never cross', async () => {
  const few = db.openPool({ max: 3 });
  const all: Awaited<ReturnType<typeof createTenant>>[] = [];
  for (let n = 0; n < tenants; n++) all.push(await createTenant(db, `${n}.0`, `${n}.1`, `${n}.2`));
  const kinds = fc.constantFrom('read', 'foreign', 'fail', 'transaction', 'identity' as const);
  const calls = fc.array(fc.record({ n: fc.nat(tenants - 1), kind: kinds }), {
    minLength: 200,
    maxLength: 200,
  });
  const namesOf = (n: number) => [`${n}.0`, `${n}.1`, `${n}.2`];
  const run = async ({ n, kind }: { n: number; kind: string }) => {
    const own = all[n]!;
    const foreign = all[(n + 1) % tenants]!;
    if (kind === 'read') expect(await names(own.scope, few)).toEqual(namesOf(n));
    if (kind === 'identity') expect((await names(identity, few)).length).toBeGreaterThanOrEqual(3 * tenants);
    if (kind === 'foreign') {
      const read = () => few.query('SELECT FROM cliente WHERE id = ANY($1)', [[...foreign.ids, ...own.ids]]);
      expect(await runInScope(own.scope, read)).toMatchObject({ rowCount: 3 });
    }
    if (kind === 'fail') {
      const fail = () => few.query('SELECT 1 / count(*) FROM cliente WHERE id = $1', [foreign.ids[0]]);
      await expect(runInScope(own.scope, fail)).rejects.toMatchObject({ code: '22012' });
    }
    if (kind === 'transaction') {
      const client = await runInScope(own.scope, () => few.connect());
      await client.query('BEGIN');
      const { rows } = await client.query('SELECT nome FROM cliente ORDER BY nome');
      await client.query('ROLLBACK');
      client.release();
      expect(rows.map(({ nome }) => nome)).toEqual(namesOf(n));
    }
  };
  await fc.assert(
    fc.asyncProperty(calls, async (batch) => {
      await Promise.all(batch.map(run));
    }),
    { numRuns: 5 },
  );
  expect(few.totalCount).toBe(3);
});

test('a query that waits for a connection keeps the scope of its caller', async () => {
  const ana = await createTenant(db, 'Ana');
  const bia = await createTenant(db, 'Bia');
  const blocker = await runInScope(ana.scope, () => pool.connect());
  const waiting = [ana, bia, ana, bia].map(({ scope }) => names(scope));
  await runInScope(bia.scope, async () => blocker.release());
  expect(await Promise.all(waiting)).toEqual([['Ana'], ['Bia'], ['Ana'], ['Bia']]);
});

test('a connection killed under a query fails that query and no other', async () => {
  const ana = await createTenant(db, 'Ana');
  const pid = await backend(ana.scope);
  const slow = runInScope(ana.scope, () => pool.query('SELECT pg_sleep(0.9)'));
  const failed = expect(slow).rejects.toMatchObject({ code: '57P01' });
  while (
    (await db.admin.query("SELECT FROM pg_stat_activity WHERE pid = $1 AND state = 'active'", [pid]))
      .rowCount === 0
  );
  await db.admin.query('SELECT pg_terminate_backend($1)', [pid]);
  await failed;
  expect(await names(ana.scope)).toEqual(['Ana']);
  expect(await backend(ana.scope)).not.toBe(pid);
});

test('a connection that forgot its statements is replaced', async () => {
  const ana = await createTenant(db, 'Ana');
  await runInScope(ana.scope, () => pool.query('DEALLOCATE ALL'));
  await expect(names(ana.scope)).rejects.toMatchObject({ code: '26000' });
  expect(await names(ana.scope)).toEqual(['Ana']);
});

test('an idle connection that is killed is replaced, and the process lives on', async () => {
  const ana = await createTenant(db, 'Ana');
  const pid = await backend(ana.scope);
  const removed = new Promise((resolve) => pool.once('remove', resolve));
  await db.admin.query('SELECT pg_terminate_backend($1)', [pid]);
  await removed;
  expect(await names(ana.scope)).toEqual(['Ana']);
});

test('a plan that the server keeps follows the tenant and the role', async () => {
  const ana = await createTenant(db, 'Ana');
  const bia = await createTenant(db, 'Bia');
  const read = async (scope: Scope) => {
    const query = {
      name: 'kept',
      text: 'SELECT nome FROM cliente WHERE nome = ANY($1) ORDER BY nome',
      values: [['Ana', 'Bia']],
    };
    const { rows } = await runInScope(scope, () => pool.query(query));
    return rows.map(({ nome }) => nome).filter((nome, i, all) => all.indexOf(nome) === i);
  };
  for (let round = 0; round < 10; round++) {
    expect(await read(ana.scope)).toEqual(['Ana']);
    expect(await read(bia.scope)).toEqual(['Bia']);
    if (round % 3 === 0) expect(await read(identity)).toEqual(['Ana', 'Bia']);
  }
});
