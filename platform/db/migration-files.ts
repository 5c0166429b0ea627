import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What every database has, beside the subgraph's own. */
const SHARED_MIGRATIONS = 'plataforma';

/** Names of the subgraphs that have a database: a folder each beside the shared one. */
export const subgraphsWithDatabase = async (root: string): Promise<string[]> =>
  (await readdir(root)).filter((name) => name !== SHARED_MIGRATIONS).sort();

export type Migration = {
  /** `<timestamp>_<name>`, the name of its folder. */
  readonly name: string;
  readonly up: string;
  readonly down: string;
  /** SHA-256 of `migration.sql` in hexadecimal, as Prisma records it. */
  readonly checksum: string;
};

const readScript = (folder: string, file: string): Promise<string> =>
  readFile(join(folder, file), 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new Error(`Falta ${file} na migração ${folder}.`) : error;
  });

const readFolder = async (root: string, subgraph: string): Promise<Migration[]> => {
  const folder = join(root, subgraph, 'migrations');
  // Not every database has tables of its own beside the shared ones.
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return Promise.all(
    names.sort().map(async (name) => {
      const up = await readScript(join(folder, name), 'migration.sql');
      const down = await readScript(join(folder, name), 'down.sql');
      return { name, up, down, checksum: createHash('sha256').update(up).digest('hex') };
    }),
  );
};

/**
 * Reads the migrations of a subgraph's database in the order in which they apply: by name, the shared
 * ones and its own together, so that a shared one may change what earlier ones of the subgraph rely on.
 *
 * @throws Error naming the folder when a script is missing or two migrations have one name.
 */
export const readMigrations = async (root: string, subgraph: string): Promise<Migration[]> => {
  const shared = await readFolder(root, SHARED_MIGRATIONS);
  const own = await readFolder(root, subgraph);
  const names = new Set(shared.map(({ name }) => name));
  const twice = own.find(({ name }) => names.has(name));
  if (twice) throw new Error(`Há duas migrações ${twice.name}: em ${SHARED_MIGRATIONS} e em ${subgraph}.`);
  return [...shared, ...own].sort((a, b) => (a.name < b.name ? -1 : 1));
};
