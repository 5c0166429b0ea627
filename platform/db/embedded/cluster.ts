import { randomBytes } from 'node:crypto';
import { access, chown, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runAs, type ServerUser } from './server-user';

export const ADMIN_USER = 'postgres';

/** The address of a login on a server of this machine. */
export const urlOf = (port: number, login: string, password: string, database: string): string =>
  `postgres://${login}:${password}@127.0.0.1:${port}/${database}`;

/** The address for the application's login; its database name is the prefix of ours. */
export const appUrlOf = (port: number, password: string): string => urlOf(port, 'teia_app', password, 'teia');

const SCRATCH_PREFIX = 'postgres-new-';
const SCRATCH_LIFE_MS = 60 * 60_000;

export const dataOf = (cluster: string): string => join(cluster, 'data');
export const logOf = (cluster: string): string => join(cluster, 'server.log');
const adminPasswordOf = (cluster: string): string => join(cluster, 'admin-password');
const appPasswordOf = (cluster: string): string => join(cluster, 'app-password');

const giveTo = async (user: ServerUser, path: string): Promise<void> => {
  if (user.uid !== undefined && user.gid !== undefined) await chown(path, user.uid, user.gid);
};

const writePassword = async (user: ServerUser, path: string): Promise<void> => {
  await writeFile(path, randomBytes(32).toString('base64url'), { mode: 0o600 });
  await giveTo(user, path);
};

/** True when the database files are there already. */
export const hasCluster = (cluster: string): Promise<boolean> =>
  access(join(dataOf(cluster), 'PG_VERSION')).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return false;
      throw error;
    },
  );

/**
 * Makes the database files and their passwords beside them, all or nothing: an interrupted start leaves
 * no half of a database behind.
 */
export const createCluster = async (
  folder: string,
  cluster: string,
  native: string,
  user: ServerUser,
): Promise<void> => {
  const scratch = await mkdtemp(join(folder, SCRATCH_PREFIX));
  await giveTo(user, scratch);
  await writePassword(user, adminPasswordOf(scratch));
  await writePassword(user, appPasswordOf(scratch));
  await runAs(user, join(native, 'bin', 'initdb'), [
    `--pgdata=${dataOf(scratch)}`,
    `--username=${ADMIN_USER}`,
    `--pwfile=${adminPasswordOf(scratch)}`,
    '--auth=scram-sha-256',
    '--data-checksums',
    '--encoding=UTF8',
    // The same order and case rules on every machine, whatever locales it has.
    '--locale=C',
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
  ]);
  await rename(scratch, cluster).catch(async (error: NodeJS.ErrnoException) => {
    await rm(scratch, { recursive: true });
    // Another start made it meanwhile.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
  });
};

/** Removes what interrupted creations left; younger ones may belong to a start still at work. */
export const removeScratch = async (folder: string): Promise<void> => {
  for (const name of await readdir(folder)) {
    if (!name.startsWith(SCRATCH_PREFIX)) continue;
    const { mtimeMs } = await stat(join(folder, name));
    if (Date.now() - mtimeMs > SCRATCH_LIFE_MS) await rm(join(folder, name), { recursive: true });
  }
};

export const readPasswords = async (cluster: string): Promise<{ admin: string; app: string }> => {
  const [admin, app] = await Promise.all(
    [adminPasswordOf(cluster), appPasswordOf(cluster)].map((path) => readFile(path, 'utf8')),
  );
  return { admin: admin ?? '', app: app ?? '' };
};
