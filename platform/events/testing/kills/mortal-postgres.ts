import { join } from 'node:path';
import { prepareBinaries } from '../../../db/embedded/binaries';
import { createCluster, dataOf, readPasswords } from '../../../db/embedded/cluster';
import { copiesFolder, findDataFolder } from '../../../db/embedded/data-folder';
import { freePort } from '../../../testing/free-port';
import { startMortalServer } from '../../../testing/mortal-server';
import { queryOnce } from '../../../testing/with-client';

const settings = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // After one of its processes died, it takes all of them down and recovers, as after a crash.
  restart_after_crash: 'on',
};

/** A PostgreSQL with a cluster of its own, which may die at any moment and come back at the same address. */
export const startMortalPostgres = async (dataDir: string) => {
  const { folder, cluster, user } = await findDataFolder(dataDir);
  const native = await prepareBinaries(user, () => copiesFolder(user, folder));
  await createCluster(folder, cluster, native, user);
  const { admin, app } = await readPasswords(cluster);
  const port = await freePort();
  const adminUrl = `postgres://postgres:${admin}@127.0.0.1:${port}/postgres`;
  const server = await startMortalServer({
    command: [
      join(native, 'bin', 'postgres'),
      ...['-D', dataOf(cluster)],
      ...Object.entries({ ...settings, port }).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    user,
    isReady: () =>
      queryOnce(adminUrl, 'SELECT 1').then(
        () => true,
        () => false,
      ),
  });
  return {
    ...server,
    adminUrl,
    appUrl: `postgres://teia_app:${app}@127.0.0.1:${port}/teia`,
    /** SIGKILL to the process of one session, whichever comes first. */
    killSession: async (): Promise<void> => {
      const [session] = await queryOnce<{ pid: number }>(
        adminUrl,
        `SELECT pid FROM pg_stat_activity
         WHERE backend_type = 'client backend' AND pid <> pg_backend_pid() ORDER BY random() LIMIT 1`,
      );
      if (session) process.kill(session.pid, 'SIGKILL');
    },
  };
};
