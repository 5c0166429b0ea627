import { text } from 'node:stream/consumers';
import type { Client } from 'pg';
import { fromRoot } from '../../project-root';
import { appliedMigrations, migrateUp } from '../migrate';
import { readMigrations, subgraphsWithDatabase } from '../migration-files';
import { databaseName, databaseUrl, OWNER_ROLE, provision } from '../provision';
import { migrateQueues, QUEUE_DATABASE } from '../queue-database';
import { withConnections } from './backup-connection';
import { loadDatabase } from './load-database';
import { type DatabaseBackup, MANIFEST, type Manifest, parseManifest } from './manifest';
import { findFilled } from './pristine';
import { readArchive } from './read-archive';

type Restore = {
  readonly path: string;
  /** As who makes and migrates the databases. */
  readonly adminUrl: string;
  readonly appUrl: string;
  /** Names of all queues, when PostgreSQL keeps them. */
  readonly queues: readonly string[] | null;
  readonly onStep: (step: string) => void;
  /** The folder with one folder of schema and migrations per subgraph; the project's own by default. */
  readonly migrationsRoot?: string;
};

/** @throws Error when this version cannot make the tables that the backup was taken of. */
const checkMigrations = async ({ databases }: Manifest, migrationsRoot: string): Promise<void> => {
  const known = await subgraphsWithDatabase(migrationsRoot);
  for (const { name, migrations } of databases) {
    const scripts = known.includes(name) ? await readMigrations(migrationsRoot, name) : [];
    const checksums = new Map(scripts.map((script) => [script.name, script.checksum]));
    const unknown = migrations.find((migration) => checksums.get(migration.name) !== migration.checksum);
    if (unknown) {
      throw new Error(
        `A cópia tem a migração ${unknown.name} de ${name}, que esta versão do Teia não tem ou tem diferente: ` +
          'restaure com a versão que fez a cópia, ou uma mais nova.',
      );
    }
  }
};

const notEmpty = (database: string, reason: string): Error =>
  new Error(
    `A base ${database} não está vazia (${reason}). A restauração não escreve sobre nada: ` +
      'use um lugar novo, ou remova antes todas as bases desta instalação (DROP DATABASE).',
  );

/**
 * Looks at all databases of this installation: one of which the backup knows nothing, beside those that it fills, would
 * refer to what is not there.
 *
 * @throws Error naming the first database that has something in it.
 */
const checkEmpty = async (
  { adminUrl, appUrl, queues }: Restore,
  { databases }: Manifest,
  migrationsRoot: string,
): Promise<void> => {
  const copied = new Map(databases.map(({ name, migrations }) => [databaseName(appUrl, name), migrations]));
  const known = [...(await subgraphsWithDatabase(migrationsRoot)), ...(queues ? [QUEUE_DATABASE] : [])];
  const wanted = new Set([...copied.keys(), ...known.map((name) => databaseName(appUrl, name))]);
  const existing = await withConnections([adminUrl], async ([client]) => {
    const { rows } = await client!.query<{ name: string }>(
      'SELECT datname AS name FROM pg_database WHERE datname = ANY ($1)',
      [[...wanted]],
    );
    return rows.map(({ name }) => name);
  });
  await withConnections(
    existing.map((name) => databaseUrl(adminUrl, name)),
    async (clients) => {
      for (const [index, client] of clients.entries()) {
        const name = existing[index]!;
        // Who owns the tables reads their history; an administrator does not have to be able to.
        await client.query("SELECT set_config('role', $1, false) FROM pg_roles WHERE rolname = $1", [
          OWNER_ROLE,
        ]);
        // What BullMQ notes of its own tables.
        const filled = (await findFilled(client)).find((table) => table !== 'bullmq.migration');
        if (filled) throw notEmpty(name, `há dados em ${filled}`);
        const migrations = copied.get(name)?.map((migration) => migration.name);
        if (!migrations) continue;
        const newer = (await appliedMigrations(client)).find(
          (migration) => !migrations.includes(migration.name),
        );
        if (newer) throw notEmpty(name, `já tem a migração ${newer.name}, que a cópia não tem`);
      }
    },
  );
};

/** @returns for each database, the tables that its migrations filled. */
const prepare = async (
  { adminUrl, appUrl, queues }: Restore,
  databases: readonly DatabaseBackup[],
  migrationsRoot: string,
): Promise<Map<string, string[]>> => {
  const names = databases.map(({ name }) => name);
  await provision({ adminUrl, appUrl, databases: queues ? [...names, QUEUE_DATABASE] : names });
  const prefilled = new Map<string, string[]>();
  for (const { name, migrations } of databases) {
    const url = databaseUrl(adminUrl, databaseName(appUrl, name));
    const only = migrations.map((migration) => migration.name);
    const applied = await migrateUp({ adminUrl: url, subgraph: name, migrationsRoot, only });
    // Rows that are there without a migration are of somebody who has begun to write meanwhile.
    if (applied.length > 0) {
      prefilled.set(name, await withConnections([url], ([client]) => findFilled(client!)));
    }
  }
  if (queues) await migrateQueues(databaseUrl(adminUrl, databaseName(appUrl, QUEUE_DATABASE)), queues);
  return prefilled;
};

/** Commits all, one after the other: each is whole, and nothing is left to do that could fail. */
const commitAll = async (clients: readonly Client[]): Promise<void> => {
  for (const client of clients) await client.query('COMMIT');
};

/**
 * Puts back what a backup holds, into databases that are missing or have no rows, migrated as they were when it was
 * taken. All or nothing: it can be repeated when it failed.
 *
 * @returns what the backup holds.
 * @throws Error, before anything is written, when the backup is damaged or of a newer version, or a database is not empty.
 */
export const restore = async (options: Restore): Promise<Manifest> => {
  const { path, adminUrl, appUrl, onStep, migrationsRoot = fromRoot('prisma') } = options;
  const read = await readArchive(path);
  const manifest = parseManifest(await text(read(MANIFEST)));
  onStep(`Cópia inteira, de ${manifest.at}, feita pelo Teia ${manifest.version}`);
  await checkMigrations(manifest, migrationsRoot);
  await checkEmpty(options, manifest, migrationsRoot);
  const prefilled = await prepare(options, manifest.databases, migrationsRoot);
  const urls = manifest.databases.map(({ name }) => databaseUrl(adminUrl, databaseName(appUrl, name)));
  const load = async (clients: readonly Client[]): Promise<void> => {
    for (const [index, client] of clients.entries()) {
      const database = manifest.databases[index]!;
      await client.query('BEGIN');
      await loadDatabase(client, database, read, prefilled.get(database.name) ?? []);
      onStep(`${database.name}: ${database.tables.length} tabelas, contagens e somas iguais às da cópia`);
    }
    await commitAll(clients);
  };
  await withConnections(urls, load, OWNER_ROLE);
  return manifest;
};
