import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigError } from '../config';
import { queryOnce } from '../testing/with-client';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded';
import { databaseName, databaseUrl, provision } from './provision';
import { migrateQueues } from './queue-database';
import { databaseRoles } from './scope';

jest.setTimeout(60_000);

let folder: string;
let server: EmbeddedPostgres;

/** The same address with other credentials and another database. */
const address = (user: string, password: string, database = 'postgres') => {
  const url = new URL(databaseUrl(server.adminUrl, database));
  url.username = encodeURIComponent(user);
  url.password = encodeURIComponent(password);
  return url.href;
};

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'teia-provision-'));
  chmodSync(folder, 0o755);
  server = await startEmbeddedPostgres({ dataDir: folder });
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('twice at once and once more end with the same roles and databases', async () => {
  const { adminUrl, appUrl } = server;
  const databases = ['clientes', 'vendas'];
  await Promise.all([provision({ adminUrl, appUrl, databases }), provision({ adminUrl, appUrl, databases })]);
  await provision({ adminUrl, appUrl, databases: [...databases, 'usuarios'] });
  expect(
    await queryOnce(
      adminUrl,
      `SELECT datname, pg_get_userbyid(datdba) AS owner, datlocale FROM pg_database
       WHERE datname LIKE 'teia%' ORDER BY 1`,
    ),
  ).toEqual(
    ['teia_clientes', 'teia_usuarios', 'teia_vendas'].map((datname) => ({
      datname,
      owner: 'teia_dono',
      datlocale: 'C.UTF-8',
    })),
  );
});

describe('the application', () => {
  const app = () => databaseUrl(server.appUrl, databaseName(server.appUrl, 'clientes'));

  test('logs in without any special right', async () => {
    expect(
      await queryOnce(
        app(),
        `SELECT current_user AS login, rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb AS special,
                pg_has_role('teia_aplicacao', 'USAGE') AS application,
                pg_has_role('teia_identidade', 'USAGE') AS identity,
                pg_has_role('teia_identidade', 'SET') AS may_switch,
                pg_has_role('teia_dono', 'MEMBER') AS owner
         FROM pg_roles WHERE rolname = current_user`,
      ),
    ).toEqual([
      {
        login: 'teia_app',
        special: false,
        application: true,
        identity: false,
        may_switch: true,
        owner: false,
      },
    ]);
  });

  test.each([
    'CREATE TABLE t (i int)',
    'CREATE TEMP TABLE t (i int)',
    'CREATE SCHEMA s',
    'SET ROLE teia_dono',
  ])('may not %s', async (sql) => {
    await expect(queryOnce(app(), sql)).rejects.toThrow(/permission denied/);
  });

  test('is the only one besides the administrator that may connect', async () => {
    await queryOnce(server.adminUrl, "CREATE ROLE vizinho LOGIN PASSWORD 'x'");
    await expect(queryOnce(address('vizinho', 'x', 'teia_clientes'), 'SELECT 1')).rejects.toThrow(
      /permission denied for database/,
    );
  });
});

test('an administrator who is no superuser provisions under awkward names', async () => {
  await queryOnce(server.adminUrl, "CREATE ROLE dba LOGIN CREATEROLE CREATEDB PASSWORD 'x'");
  await queryOnce(server.adminUrl, 'DROP DATABASE teia_clientes');
  await queryOnce(server.adminUrl, 'DROP DATABASE teia_vendas');
  await queryOnce(server.adminUrl, 'DROP DATABASE teia_usuarios');
  await queryOnce(
    server.adminUrl,
    `DROP ROLE teia_dono, teia_app, ${Object.values(databaseRoles).join(', ')}`,
  );
  const appUrl = address(`ap"p çã`, `p'w\\@:/%`, `crm "x" ç --`);
  const adminUrl = address('dba', 'x');
  await provision({ adminUrl, appUrl, databases: ['clientes', 'filas'] });
  await provision({ adminUrl, appUrl, databases: ['clientes', 'filas'] });
  const queues = databaseName(appUrl, 'filas');
  await migrateQueues(databaseUrl(adminUrl, queues), ['teia-vendas']);
  expect(await queryOnce(databaseUrl(appUrl, queues), 'SELECT FROM bullmq.job')).toEqual([]);
  const name = databaseName(appUrl, 'clientes');
  expect(name).toBe('crm "x" ç --_clientes');
  expect(await queryOnce(databaseUrl(appUrl, name), 'SELECT current_user AS login')).toEqual([
    { login: `ap"p çã` },
  ]);
  const asOwner = `${databaseUrl(adminUrl, name)}?options=-c%20role%3Dteia_dono`;
  await queryOnce(asOwner, 'CREATE TABLE coisa (i int)');
  expect(await queryOnce(asOwner, "SELECT tableowner FROM pg_tables WHERE tablename = 'coisa'")).toEqual([
    { tableowner: 'teia_dono' },
  ]);
});

test('a login that gets around row-level security is refused', async () => {
  const refusal = /^DATABASE_URL: o usuário .* passaria por cima da segurança por linha/;
  const { adminUrl } = server;
  await expect(provision({ adminUrl, appUrl: adminUrl, databases: [] })).rejects.toThrow(refusal);
  await queryOnce(adminUrl, "CREATE ROLE atalho LOGIN BYPASSRLS PASSWORD 'x'");
  await expect(provision({ adminUrl, appUrl: address('atalho', 'x'), databases: [] })).rejects.toThrow(
    refusal,
  );
  await queryOnce(adminUrl, "CREATE ROLE dono LOGIN PASSWORD 'x' IN ROLE teia_dono");
  await expect(provision({ adminUrl, appUrl: address('dono', 'x'), databases: [] })).rejects.toThrow(refusal);
});

test.each([
  ['postgres://a:b@servidor/teia', 'teia_vendas'],
  ['postgres://a:b@servidor', 'teia_vendas'],
  ['postgres://a:b@servidor/', 'teia_vendas'],
  ['postgres://a:b@servidor/minha%20base?sslmode=require', 'minha base_vendas'],
])('the database of vendas beside %s is %s', (appUrl, name) => {
  expect(databaseName(appUrl, 'vendas')).toBe(name);
});

test('a name that PostgreSQL would cut short is refused', () => {
  expect(() => databaseName(`postgres://a@servidor/${'á'.repeat(30)}`, 'vendas')).toThrow(ConfigError);
});

test('the other parts of an address stay', () => {
  expect(databaseUrl('postgres://a:b%40@servidor:5433/teia?sslmode=require', 'x y')).toBe(
    'postgres://a:b%40@servidor:5433/x%20y?sslmode=require',
  );
});
