import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The system user that runs PostgreSQL; empty for the one that runs this process. */
export type ServerUser = { readonly uid?: number; readonly gid?: number };

// PostgreSQL refuses to run as root, and wants its user to have an entry in the system's list.
const SYSTEM_USER = 'postgres';

const lookUp = async (): Promise<ServerUser | null> => {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', SYSTEM_USER]), run('id', ['-g', SYSTEM_USER])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return null;
  }
};

const create = async (): Promise<ServerUser> => {
  // Either may exist already, or be made by another start meanwhile; what counts is the look-up after.
  const failures: unknown[] = [];
  await run('groupadd', ['--system', SYSTEM_USER]).catch((error) => failures.push(error));
  await run('useradd', ['--system', '--no-create-home', '--gid', SYSTEM_USER, SYSTEM_USER]).catch((error) =>
    failures.push(error),
  );
  const user = await lookUp();
  if (!user) {
    throw new AggregateError(
      failures,
      `O PostgreSQL não roda como root e o usuário de sistema ${SYSTEM_USER} não pôde ser criado. ` +
        'Crie-o, inicie o Teia com um usuário comum ou aponte DATABASE_URL para um PostgreSQL seu.',
    );
  }
  return user;
};

/**
 * Decides who runs the server: whoever runs this process, unless that is root. For root it is the owner
 * of the files when there are any, so that a folder begun by an ordinary user stays usable, else the
 * `postgres` system user, made when missing.
 */
export const chooseServerUser = async (clusterFolder: string): Promise<ServerUser> => {
  if (process.getuid?.() !== 0) return {};
  const owner = await stat(clusterFolder).catch(() => null);
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  return (await lookUp()) ?? (await create());
};

/** Runs a program to its end as that user, away from our environment and working folder. */
export const runAs = (user: ServerUser, program: string, args: readonly string[]) =>
  run(program, args, { ...user, cwd: '/', env: SERVER_ENVIRONMENT });

// Nothing of ours: PGDATA, PGPORT, a locale or a secret must not reach the server.
export const SERVER_ENVIRONMENT = { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' };
