import { createHash } from 'node:crypto';
import { access, chmod, constants, mkdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError } from '../../config';
import { chooseServerUser, runAs, type ServerUser } from './server-user';

/** Where root keeps what the server's user must reach and cannot reach in the folder asked for. */
const SYSTEM_FOLDER = '/var/lib/teia';

export type DataFolder = {
  /** The data folder in use, without symbolic links. */
  readonly folder: string;
  /** The files of the database inside it. */
  readonly cluster: string;
  readonly user: ServerUser;
};

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

const canReach = (user: ServerUser, folder: string): Promise<boolean> =>
  runAs(user, '/bin/sh', ['-c', 'test -x "$0"', folder]).then(
    () => true,
    () => false,
  );

const clusterIn = (folder: string): string => join(folder, 'postgres');

/** Makes the folder, of ours to open to others whatever the umask. */
const makeReachable = async (folder: string): Promise<string> => {
  if (await mkdir(folder, { recursive: true })) await chmod(folder, 0o755);
  return folder;
};

/** The folder for copies of the programs: shared between all data folders where we may, else in this one. */
export const copiesFolder = (user: ServerUser, folder: string): Promise<string> =>
  makeReachable(user.uid === undefined ? folder : SYSTEM_FOLDER);

const unusable = (folder: string, reason: string): ConfigError =>
  new ConfigError(`TEIA_DATA_DIR: a pasta ${folder} não pode ser usada: ${reason}.`);

/** Says what is wrong with the data folder in one line, whatever failed on it. */
export const explainFolderErrors = async <T>(folder: string, work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const reasons: Record<string, string> = {
      EACCES: 'sem permissão de leitura e gravação',
      EPERM: 'sem permissão de leitura e gravação',
      EROFS: 'só permite leitura',
      ENOTDIR: 'não é uma pasta',
      EEXIST: 'não é uma pasta',
      ENOSPC: 'o disco está cheio',
    };
    const reason = reasons[(error as NodeJS.ErrnoException).code ?? ''];
    if (!reason) throw error;
    throw unusable(folder, reason);
  }
};

/**
 * Finds where the database lives: in `dataDir`, or, for root, in a folder of its own below /var/lib/teia
 * when the server's user cannot reach `dataDir`. Once files exist in either they stay the ones used:
 * changed permissions must never look like an empty database.
 *
 * @throws ConfigError when the folder cannot be used.
 */
export const findDataFolder = async (dataDir: string): Promise<DataFolder> => {
  await mkdir(dataDir, { recursive: true });
  const folder = await realpath(dataDir);
  await access(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  const user = await chooseServerUser(clusterIn(folder));
  if (user.uid === undefined) return { folder, cluster: clusterIn(folder), user };

  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 12);
  const elsewhere = join(SYSTEM_FOLDER, hash);
  if (!(await exists(clusterIn(elsewhere)))) {
    if (await canReach(user, folder)) return { folder, cluster: clusterIn(folder), user };
    if (await exists(clusterIn(folder))) {
      throw unusable(folder, 'o usuário do banco de dados deixou de alcançá-la');
    }
  }
  await makeReachable(SYSTEM_FOLDER);
  await makeReachable(elsewhere);
  return { folder: elsewhere, cluster: clusterIn(elsewhere), user };
};
