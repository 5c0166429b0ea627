import { once } from 'node:events';
import { rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { Client } from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { ConfigError } from '../../config';
import { version } from '../../version';
import { appliedMigrations, holdMigrations } from '../migrate';
import { databaseName, databaseUrl } from '../provision';
import { withConnections } from './backup-connection';
import { partialOf } from './backup-files';
import { type DatabaseBackup, MANIFEST, type Manifest } from './manifest';
import { freezeTogether } from './same-instant';
import { measure, readSequences, readTables, type Table } from './tables';
import { writeArchive } from './write-archive';

type Archive = Awaited<ReturnType<typeof writeArchive>>;

type Backup = {
  /** A login that reads the rows of all organizations. */
  readonly adminUrl: string;
  readonly appUrl: string;
  readonly subgraphs: readonly string[];
  /** Where to write it; there must be nothing yet. */
  readonly path: string;
  readonly onStep: (step: string) => void;
  /** Ends it early; then nothing is left of it. */
  readonly signal?: AbortSignal;
};

/** No table is held in memory: rows go from the server to the file as they come. */
const copyTable = async (client: Client, archive: Archive, subgraph: string, table: Table) => {
  const file = `${subgraph}/${table.name}.copy.gz`;
  await archive.add(file, client.query(copyTo(`COPY ${table.name} (${table.columns}) TO STDOUT`)));
  return { ...table, file, ...(await measure(client, table)) };
};

const copyDatabase = async (client: Client, archive: Archive, name: string): Promise<DatabaseBackup> => {
  const tables: DatabaseBackup['tables'] = [];
  for (const table of await readTables(client)) tables.push(await copyTable(client, archive, name, table));
  return {
    name,
    migrations: await appliedMigrations(client),
    tables,
    sequences: await readSequences(client),
  };
};

/** @throws ConfigError when rows would stay hidden from it. */
const checkReadsAll = async (client: Client): Promise<void> => {
  const { rows } = await client.query(
    `SELECT rolsuper OR (rolbypassrls AND pg_has_role('pg_read_all_data', 'USAGE')) AS reads_all
     FROM pg_roles WHERE rolname = current_user`,
  );
  if (rows[0].reads_all) return;
  throw new ConfigError(
    'DATABASE_ADMIN_URL: o usuário não lê os dados de todas as organizações; ' +
      'use um superusuário, ou um com BYPASSRLS e pg_read_all_data.',
  );
};

const refuseToOverwrite = async (path: string): Promise<void> => {
  const exists = await stat(path).then(
    () => true,
    () => false,
  );
  if (exists) throw new Error(`${path} já existe; escolha outro nome.`);
};

/** Does not wait for a statement that takes long: it ends with its connection. */
const unlessAborted = <Result>(work: Promise<Result>, signal?: AbortSignal): Promise<Result> => {
  if (!signal) return work;
  const aborted = once(signal, 'abort').then((): never => {
    throw signal.reason;
  });
  return Promise.race([work, aborted]);
};

/**
 * Writes what the databases of the subgraphs hold, all as of one instant, to one file, while others go on writing.
 * The file has its name when it is whole.
 *
 * @returns what is in it, and its size in bytes.
 * @throws Error when a database cannot be read as a whole; then no file is left.
 */
export const backup = async ({ adminUrl, appUrl, subgraphs, path, onStep, signal }: Backup) => {
  await refuseToOverwrite(path);
  const partial = partialOf(path);
  const archive = await writeArchive(partial, signal);
  try {
    const urls = subgraphs.map((name) => databaseUrl(adminUrl, databaseName(appUrl, name)));
    const copyAll = async (clients: readonly Client[]): Promise<Manifest> => {
      for (const client of clients) await checkReadsAll(client);
      // Nobody changes a table that is being copied: that would be seen whatever the snapshot.
      for (const client of clients) await holdMigrations(client);
      await freezeTogether(clients, signal);
      const at = new Date().toISOString();
      const databases: DatabaseBackup[] = [];
      for (const [index, client] of clients.entries()) {
        const copied = await copyDatabase(client, archive, subgraphs[index]!);
        const rows = copied.tables.reduce((sum, table) => sum + Number(table.rows), 0);
        onStep(`${copied.name}: ${copied.tables.length} tabelas, ${rows} linhas`);
        databases.push(copied);
      }
      return { format: 1, version, at, databases };
    };
    const manifest = await withConnections(urls, (clients) => unlessAborted(copyAll(clients), signal));
    await archive.add(MANIFEST, Readable.from([JSON.stringify(manifest, null, 2)]));
    const size = await archive.seal();
    await rename(partial, path);
    return { manifest, size };
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
};
