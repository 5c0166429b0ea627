import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { queryOnce, withClient } from '../testing/with-client';
import { describeSchema } from './describe-schema';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded';
import { migrateDown, migrateUp } from './migrate';
import { withSchemaEngine } from './prisma-schema-engine';
import { databaseName, databaseUrl, provision } from './provision';

jest.mock('./prisma-schema-engine', () => {
  const actual = jest.requireActual<typeof import('./prisma-schema-engine')>('./prisma-schema-engine');
  return { withSchemaEngine: jest.fn(actual.withSchemaEngine) };
});

jest.setTimeout(60_000);

let folder: string;
let server: EmbeddedPostgres;
let count = 0;

const write = (root: string, subgraph: string, name: string, files: Record<string, string>) => {
  const target = join(root, subgraph, 'migrations', name);
  mkdirSync(target, { recursive: true });
  for (const [file, text] of Object.entries(files)) writeFileSync(join(target, file), text);
};

const shared = {
  'migration.sql': `
    CREATE SCHEMA teia;
    CREATE FUNCTION teia.organizacao() RETURNS uuid LANGUAGE plpgsql STABLE AS $$
    BEGIN
      -- a semicolon; in a comment, and 'another; one' in text
      RETURN nullif(current_setting('app.organizacao', true), '')::uuid;
    END $$;
    CREATE EXTENSION pg_trgm;`,
  'down.sql': 'DROP EXTENSION pg_trgm; DROP SCHEMA teia CASCADE;',
};

const coisa = {
  'migration.sql': `
    CREATE TYPE cor AS ENUM ('AZUL', 'VERDE; LIMÃO');
    CREATE TABLE coisa (id uuid PRIMARY KEY, organizacao_id uuid NOT NULL, cor cor DEFAULT 'AZUL');
    ALTER TABLE coisa ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
    CREATE POLICY inquilino ON coisa TO teia_aplicacao USING (organizacao_id = teia.organizacao());
    GRANT SELECT ON coisa TO teia_aplicacao;`,
  'down.sql': 'DROP TABLE coisa; DROP TYPE cor;',
};

const parte = {
  'migration.sql': 'ALTER TABLE coisa ADD COLUMN parte text; CREATE INDEX coisa_parte ON coisa (parte)',
  'down.sql': 'ALTER TABLE coisa DROP COLUMN parte',
};

/** A fresh database and a fresh folder of migrations: shared ones, and two of the subgraph `loja`. */
const prepare = async () => {
  count += 1;
  const migrationsRoot = join(folder, `prisma ${count}`);
  write(migrationsRoot, 'plataforma', '20260100000000_base', shared);
  write(migrationsRoot, 'loja', '20260101000000_coisa', coisa);
  write(migrationsRoot, 'loja', '20260102000000_parte', parte);
  await provision({ adminUrl: server.adminUrl, appUrl: server.appUrl, databases: [`loja${count}`] });
  const adminUrl = databaseUrl(server.adminUrl, databaseName(server.appUrl, `loja${count}`));
  return { adminUrl, subgraph: 'loja', migrationsRoot };
};

const all = ['20260100000000_base', '20260101000000_coisa', '20260102000000_parte'];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'teia-migrate-'));
  chmodSync(folder, 0o755);
  server = await startEmbeddedPostgres({ dataDir: join(folder, 'dados') });
});

afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

afterEach(() => jest.clearAllMocks());

test('migrations come by name, shared ones among those of the subgraph, and the owner role owns the result', async () => {
  const target = await prepare();
  write(target.migrationsRoot, 'plataforma', '20260101120000_cor', {
    'migration.sql': "ALTER TYPE cor RENAME VALUE 'AZUL' TO 'ANIL'",
    'down.sql': "ALTER TYPE cor RENAME VALUE 'ANIL' TO 'AZUL'",
  });
  const all = ['20260100000000_base', '20260101000000_coisa', '20260101120000_cor', '20260102000000_parte'];
  expect(await migrateUp(target)).toEqual(all);
  expect(
    await queryOnce(
      target.adminUrl,
      `SELECT DISTINCT pg_get_userbyid(relowner) AS owner FROM pg_class
       WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'`,
    ),
  ).toEqual([{ owner: 'teia_dono' }]);
  expect(
    await queryOnce(
      target.adminUrl,
      'SELECT migration_name, applied_steps_count, finished_at IS NOT NULL AS finished FROM _prisma_migrations ORDER BY started_at',
    ),
  ).toEqual(all.map((migration_name) => ({ migration_name, applied_steps_count: 1, finished: true })));
});

test('up, down and up again leave the same schema, and down to nothing leaves nothing', async () => {
  const target = await prepare();
  const describeNow = () => withClient(target.adminUrl, describeSchema);
  const empty = await describeNow();
  await migrateUp(target);
  const full = await describeNow();
  expect(full.length).toBeGreaterThan(empty.length);
  expect(full.filter((line) => /^(policy|index|type|function|extension)/.test(line)).length).toBe(7);
  expect(await migrateDown({ ...target, steps: 1 })).toEqual(['20260102000000_parte']);
  expect(await describeNow()).not.toEqual(full);
  expect(await migrateUp(target)).toEqual(['20260102000000_parte']);
  expect(await describeNow()).toEqual(full);
  expect(await migrateDown({ ...target, steps: 99 })).toEqual([...all].reverse());
  expect(await describeNow()).toEqual(empty);
  await migrateUp(target);
  expect(await describeNow()).toEqual(full);
});

test('with nothing to do the engine is not loaded', async () => {
  const target = await prepare();
  await migrateUp(target);
  expect(withSchemaEngine).toHaveBeenCalledTimes(1);
  expect(await migrateUp(target)).toEqual([]);
  expect(withSchemaEngine).toHaveBeenCalledTimes(1);
});

test('a later migration of the platform applies after what is there', async () => {
  const target = await prepare();
  await migrateUp(target);
  write(target.migrationsRoot, 'plataforma', '20260106000000_mais', {
    'migration.sql': 'CREATE TABLE comum (i int)',
    'down.sql': 'DROP TABLE comum',
  });
  expect(await migrateUp(target)).toEqual(['20260106000000_mais']);
  expect(await migrateDown({ ...target, steps: 1 })).toEqual(['20260106000000_mais']);
});

test('a subgraph without migrations gets the shared ones', async () => {
  const target = await prepare();
  expect(await migrateUp({ ...target, subgraph: 'filas' })).toEqual(['20260100000000_base']);
});

test('two at once apply each migration once', async () => {
  const target = await prepare();
  const results = await Promise.all([migrateUp(target), migrateUp(target), migrateUp(target)]);
  expect(results.flat()).toEqual(all);
});

test('a failed migration leaves nothing, says why, and can be corrected and tried again', async () => {
  const target = await prepare();
  const name = '20260103000000_quebrada';
  write(target.migrationsRoot, 'loja', name, {
    'migration.sql': 'CREATE TABLE meia (i int); SELECT 1/0;',
    'down.sql': 'DROP TABLE meia',
  });
  await expect(migrateUp(target)).rejects.toThrow(
    /^A migração do banco de loja falhou: [\s\S]*division by zero/,
  );
  await expect(migrateUp(target)).rejects.toThrow(/division by zero/);
  expect(await queryOnce(target.adminUrl, "SELECT to_regclass('public.meia') AS meia")).toEqual([
    { meia: null },
  ]);
  write(target.migrationsRoot, 'loja', name, { 'migration.sql': 'CREATE TABLE meia (i int)' });
  expect(await migrateUp(target)).toEqual([name]);
  expect(await migrateUp(target)).toEqual([]);
});

test('an applied migration whose file changed is named', async () => {
  const target = await prepare();
  await migrateUp(target);
  write(target.migrationsRoot, 'loja', '20260101000000_coisa', { 'migration.sql': 'SELECT 1' });
  await expect(migrateUp(target)).rejects.toThrow('A migração 20260101000000_coisa foi alterada');
});

test('migrations that only the database knows are a newer version, and no obstacle', async () => {
  const target = await prepare();
  await migrateUp(target);
  rmSync(join(target.migrationsRoot, 'loja', 'migrations', '20260102000000_parte'), { recursive: true });
  expect(await migrateUp(target)).toEqual([]);
  await expect(migrateDown({ ...target, steps: 1 })).rejects.toThrow('20260102000000_parte');
});

test.each(['migration.sql', 'down.sql'])(
  'a migration without %s is named, and nothing applies',
  async (file) => {
    const target = await prepare();
    const folderOfIt = join(target.migrationsRoot, 'loja', 'migrations', '20260102000000_parte');
    rmSync(join(folderOfIt, file));
    await expect(migrateUp(target)).rejects.toThrow(`Falta ${file} na migração ${folderOfIt}.`);
    expect(await queryOnce(target.adminUrl, "SELECT to_regclass('_prisma_migrations') AS t")).toEqual([
      { t: null },
    ]);
  },
);

test('a name used by the platform and by the subgraph is refused', async () => {
  const target = await prepare();
  write(target.migrationsRoot, 'loja', '20260100000000_base', coisa);
  await expect(migrateUp(target)).rejects.toThrow('Há duas migrações 20260100000000_base');
});

test('a way back that fails takes nothing back', async () => {
  const target = await prepare();
  await migrateUp(target);
  write(target.migrationsRoot, 'loja', '20260102000000_parte', {
    'down.sql': 'ALTER TABLE coisa DROP COLUMN parte; SELECT 1/0;',
  });
  await expect(migrateDown({ ...target, steps: 1 })).rejects.toThrow(/division by zero/);
  expect(await migrateUp(target)).toEqual([]);
  expect(await queryOnce(target.adminUrl, 'SELECT parte FROM coisa')).toEqual([]);
});
