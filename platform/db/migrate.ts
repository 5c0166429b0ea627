import { Client, type PoolConfig } from 'pg';
import { fromRoot } from '../project-root';
import { type Migration, readMigrations } from './migration-files';
import { withSchemaEngine } from './prisma-schema-engine';
import { OWNER_ROLE } from './provision';

/** 'teia' in ASCII, and the third use of it. */
const MIGRATE_LOCK = [0x74656961, 3];

type Target = {
  /** The administrator's address of this subgraph's database. */
  readonly adminUrl: string;
  readonly subgraph: string;
  /** The folder with one folder of schema and migrations per subgraph; the project's own by default. */
  readonly migrationsRoot?: string;
};

type Row = {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
};

/** Connects such that what is made belongs to the owner role, whoever the administrator is. */
const asOwner = (adminUrl: string): PoolConfig => ({
  connectionString: adminUrl,
  options: `-c role=${OWNER_ROLE}`,
  application_name: 'teia-migrate',
});

const connected = async <T>(adminUrl: string, work: (client: Client) => Promise<T>): Promise<T> => {
  const client = new Client(asOwner(adminUrl));
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** The rows of Prisma's table that stand, oldest first. */
const readHistory = async (client: Client): Promise<Row[]> => {
  const { rows } = await client.query("SELECT to_regclass('public._prisma_migrations') AS history");
  if (!rows[0].history) return [];
  const history = await client.query<Row>(
    `SELECT migration_name, checksum, finished_at FROM public._prisma_migrations
     WHERE rolled_back_at IS NULL ORDER BY started_at`,
  );
  return history.rows;
};

/** Keeps migrations from this database until the connection ends. */
export const holdMigrations = async (client: Client): Promise<void> => {
  await client.query('SELECT pg_advisory_lock_shared($1, $2)', MIGRATE_LOCK);
};

/** The migrations that a database has, with the SHA-256 of their scripts, oldest first. */
export const appliedMigrations = async (client: Client) =>
  (await readHistory(client))
    .filter(({ finished_at }) => finished_at)
    .map(({ migration_name: name, checksum }) => ({ name, checksum }));

/** Which migrations are still to apply; those that only the database knows are a newer version's. */
const compare = (migrations: readonly Migration[], history: readonly Row[]) => {
  const applied = new Map(history.map((row) => [row.migration_name, row]));
  for (const { name, checksum } of migrations) {
    const row = applied.get(name);
    if (row?.finished_at && row.checksum !== checksum) {
      throw new Error(
        `A migração ${name} foi alterada depois de aplicada: desfaça a alteração e crie outra.`,
      );
    }
  }
  return {
    pending: migrations.filter(({ name }) => !applied.get(name)?.finished_at).map(({ name }) => name),
    failed: history.filter(({ finished_at }) => !finished_at).map(({ migration_name }) => migration_name),
  };
};

const forEngine = (migrations: readonly Migration[], baseDir: string) => ({
  migrationsList: {
    baseDir,
    lockfile: { path: 'migration_lock.toml', content: null },
    shadowDbInitScript: '',
    // The engine applies them in this order, whatever their names.
    migrationDirectories: migrations.map(({ name, up }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok' as const, value: up } },
    })),
  },
  filters: { externalTables: [], externalEnums: [] },
});

/** Without the engine's own call stack. */
const reasonOf = (error: unknown): string => String((error as Error).message).replace(/\n\s+0: [\s\S]*/, '');

/**
 * Brings a subgraph's database up to date: the shared migrations and its own, by name. Safe to run
 * twice at once. When nothing is pending it costs one connection and two queries.
 *
 * @param only the names of those to apply, instead of all.
 * @returns the names of the migrations applied now.
 * @throws Error when a migration fails, was changed after it was applied, or lacks its way back.
 */
export const migrateUp = async ({
  adminUrl,
  subgraph,
  migrationsRoot = fromRoot('prisma'),
  only,
}: Target & { readonly only?: readonly string[] }): Promise<string[]> => {
  const all = await readMigrations(migrationsRoot, subgraph);
  const migrations = only ? all.filter(({ name }) => only.includes(name)) : all;
  return connected(adminUrl, async (client) => {
    if (compare(migrations, await readHistory(client)).pending.length === 0) return [];
    await client.query('SELECT pg_advisory_lock($1, $2)', MIGRATE_LOCK);
    const { pending, failed } = compare(migrations, await readHistory(client));
    if (pending.length === 0) return [];
    return withSchemaEngine(asOwner(adminUrl), async (engine) => {
      // A failed one left nothing behind, since scripts are atomic here, and may be tried again.
      for (const migrationName of failed) await engine.markMigrationRolledBack({ migrationName });
      const { appliedMigrationNames } = await engine.applyMigrations(forEngine(migrations, migrationsRoot));
      return appliedMigrationNames;
    }).catch((error) => {
      throw new Error(`A migração do banco de ${subgraph} falhou: ${reasonOf(error)}`, { cause: error });
    });
  });
};

/**
 * Names of the migrations that a database still lacks.
 *
 * @param client connected to the subgraph's database, as any role that may read its history.
 */
export const pendingMigrations = async (client: Client, subgraph: string): Promise<string[]> =>
  compare(await readMigrations(fromRoot('prisma'), subgraph), await readHistory(client)).pending;

/**
 * Takes back the last `steps` migrations of a subgraph's database, the newest first, each in one
 * transaction with its record.
 *
 * @returns the names of the migrations taken back.
 * @throws Error when one applied there is not on disk.
 */
export const migrateDown = async ({
  adminUrl,
  subgraph,
  steps,
  migrationsRoot = fromRoot('prisma'),
}: Target & { readonly steps: number }): Promise<string[]> => {
  const scripts = new Map(
    (await readMigrations(migrationsRoot, subgraph)).map(({ name, down }) => [name, down]),
  );
  return connected(adminUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock($1, $2)', MIGRATE_LOCK);
    const applied = (await readHistory(client)).filter(({ finished_at }) => finished_at);
    const names = applied
      .map(({ migration_name }) => migration_name)
      .reverse()
      .slice(0, steps);
    for (const name of names) {
      const down = scripts.get(name);
      if (down === undefined) throw new Error(`A migração ${name} foi aplicada mas não está em disco.`);
      await client.query('BEGIN');
      await client.query(down);
      await client.query('DELETE FROM public._prisma_migrations WHERE migration_name = $1', [name]);
      await client.query('COMMIT');
    }
    return names;
  });
};
