import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import fc from 'fast-check';
import { Pool, type PoolClient, Query, type QueryResult } from 'pg';
import { testServer } from '../testing/test-server';
import { currentScope, runInScope, type Scope } from './scope';
import { createScopedDatabase, createTenant, type ScopedDatabase } from './scope-fixture';
import type { ScopedPool } from './scoped-pool';

let db: ScopedDatabase;
let plain: Pool;
let pool: ScopedPool;
let scope: Scope;
beforeAll(async () => {
  db = await createScopedDatabase(testServer());
  plain = new Pool({ connectionString: db.appUrl, max: 1 });
  pool = db.openPool({ max: 1 });
  scope = (await createTenant(db, 'Ana', 'Alice', 'Alba')).scope;
});
afterAll(async () => {
  await plain.end();
  await db.stop();
});

type Config = {
  queryMode?: 'extended';
  text: string;
  values?: unknown[];
  name?: string;
  rowMode?: 'array';
  rows?: number;
};

const outcome = async (query: Promise<QueryResult>) => {
  try {
    const { command, rowCount, fields, rows } = await query;
    return { command, rowCount, fields: fields.map(({ name, dataTypeID }) => [name, dataTypeID]), rows };
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    return { code, message };
  }
};

const scoped = (config: Config, from = pool) => runInScope(scope, () => from.query(config));

const value = fc.option(
  fc.oneof(fc.string({ unit: 'binary' }), fc.string(), fc.constant('x'.repeat(100_000))),
);
const statement: fc.Arbitrary<Config> = fc.oneof(
  fc.record({ text: fc.constant('SELECT $1::text AS a, $2::text AS b'), values: fc.tuple(value, value) }),
  fc.record({ text: fc.constant('SELECT generate_series(1, $1::int) AS n'), values: fc.tuple(fc.nat(500)) }),
  fc.record({ text: fc.constant('UPDATE contador SET n = n WHERE n <= $1'), values: fc.tuple(fc.nat(20)) }),
  fc.record({ text: fc.constant('SELECT 1 / $1::int'), values: fc.tuple(fc.nat(1)) }),
  fc.record({
    text: fc.constant('SELECT $1::bytea AS b'),
    values: fc.tuple(fc.uint8Array().map((b) => Buffer.from(b))),
  }),
  fc.record({
    text: fc.constantFrom(
      ...['', '  ', ';', '-- nothing', 'SELECT', 'SELECT WHERE false', "VALUES (1, 'x'), (2, NULL)", 'SELEC'],
      ...[
        'SHOW search_path',
        'TABLE nowhere',
        'DO $$ BEGIN NULL; END $$',
        'SELECT n FROM contador ORDER BY n',
      ],
      ...['SELECT now() IS NOT NULL, $1', 'SELECT $1::int', 'RESET application_name'],
    ),
  }),
);
const options = fc.record(
  { rowMode: fc.constant('array' as const), named: fc.constant(true) },
  { requiredKeys: [] },
);

test('answers are those of plain pg: rows, counts, fields, errors', async () => {
  const names = new Map<string, string>();
  const nameOf = (text: string): string => {
    if (!names.has(text)) names.set(text, `s${names.size}`);
    return names.get(text)!;
  };
  await fc.assert(
    fc.asyncProperty(statement, options, async (base, { named, ...rest }) => {
      const config: Config = {
        queryMode: 'extended',
        ...base,
        ...rest,
        ...(named && { name: nameOf(base.text) }),
      };
      expect(await outcome(scoped(config))).toEqual(await outcome(plain.query(config)));
    }),
    { numRuns: 200 },
  );
});

test('types given with the query parse its values', async () => {
  const types = { getTypeParser: () => (text: string) => `<${text}>` };
  const { rows } = await runInScope(scope, () =>
    pool.query({ text: 'SELECT 1 AS n', types, rowMode: 'array' }),
  );
  expect(rows).toEqual([['<1>']]);
});

test.each<[string, (done: (error: Error, result: QueryResult) => void) => void]>([
  ['text, callback', (done) => pool.query('SELECT 7 AS n', done)],
  ['text, values, callback', (done) => pool.query('SELECT $1::int AS n', [7], done)],
  ['config, callback', (done) => pool.query({ text: 'SELECT $1::int AS n', values: [7] }, done)],
])('answers by callback: %s', async (_, call) => {
  const rows = await runInScope(
    scope,
    () =>
      new Promise((resolve, reject) =>
        call((error, result) => (error ? reject(error) : resolve(result.rows))),
      ),
  );
  expect(rows).toEqual([{ n: 7 }]);
});

test('the scope costs no round trip of its own', async () => {
  const fresh = db.openPool({ max: 1 });
  let roundTrips = 0;
  fresh.on('connect', (client: PoolClient) => {
    client.connection.on('readyForQuery', () => {
      roundTrips += 1;
    });
  });
  for (let n = 0; n < 5; n++) await scoped({ text: 'SELECT nome FROM cliente' }, fresh);
  expect(roundTrips).toBe(5);
});

test('a name whose text the server refused is not taken for prepared', async () => {
  const wrong = { name: 'later', text: 'SELECT nome FROM later' };
  await expect(scoped(wrong)).rejects.toMatchObject({ code: '42P01' });
  await db.admin.query('CREATE VIEW later AS SELECT 1 AS nome; GRANT SELECT ON later TO teia_aplicacao');
  expect((await scoped(wrong)).rows).toEqual([{ nome: 1 }]);
});

test('a value that cannot be sent fails its query and no other', async () => {
  const unsendable = {
    toPostgres: () => {
      throw new Error('unsendable');
    },
  };
  await expect(scoped({ text: 'SELECT $1', values: [unsendable] })).rejects.toThrow('unsendable');
  expect((await scoped({ text: 'SELECT count(*)::int AS n FROM cliente' })).rows).toEqual([{ n: 3 }]);
});

test('a query that answers too late is given up, and its connection with it', async () => {
  const impatient = db.openPool({ max: 1 });
  const slow = { text: 'SELECT pg_sleep(1)', query_timeout: 50 };
  await expect(scoped(slow, impatient)).rejects.toThrow('Query read timeout');
  expect((await scoped({ text: 'SELECT 1 AS n' }, impatient)).rows).toEqual([{ n: 1 }]);
});

test('rows come at once, also where pages of them are asked for, which an error would leave open', async () => {
  const text = 'SELECT 1 / (3 - n) AS n FROM generate_series(1, $1::int) AS n';
  expect((await scoped({ text, values: [2], rows: 1 })).rows).toHaveLength(2);
  await expect(scoped({ text, values: [3], rows: 1 })).rejects.toMatchObject({ code: '22012' });
  expect((await scoped({ text, values: [1], rows: 1 })).rows).toHaveLength(1);
});

test('query objects, which could not be given a scope, are refused', async () => {
  const client = await runInScope(scope, () => pool.connect());
  expect(() => client.query(new Query('SELECT 1'))).toThrow('Query objects would bypass the database scope.');
  client.release();
});

test('each statement is told once, in the context of its caller, without values', async () => {
  const told: unknown[] = [];
  const listen = (message: unknown) => told.push([message, currentScope()]);
  const other: Scope = { role: 'identidade' };
  subscribe('teia:db:statement', listen);
  await runInScope(scope, async () => {
    const blocker = await pool.connect();
    const waiting = runInScope(other, () => pool.query('SELECT $1::text', ['secret']));
    await blocker.query('BEGIN');
    await blocker.query('COMMIT');
    blocker.release();
    await waiting;
  });
  unsubscribe('teia:db:statement', listen);
  expect(told).toEqual([
    [{ text: 'BEGIN' }, scope],
    [{ text: 'COMMIT' }, scope],
    [{ text: 'SELECT $1::text' }, other],
  ]);
});
