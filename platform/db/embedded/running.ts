import { ADMIN_USER, appUrlOf, dataOf, hasCluster, readPasswords, urlOf } from './cluster';
import { explainFolderErrors, findDataFolder } from './data-folder';
import { connectAsAdmin, tryToOwnFound } from './ownership';
import { findServer } from './postmaster-file';

/** Whether an embedded server has made its files in that data folder. */
export const hasPostgres = (dataDir: string): Promise<boolean> =>
  explainFolderErrors(dataDir, async () => hasCluster((await findDataFolder(dataDir)).cluster));

/**
 * The addresses, for the application's login and as superuser, of the embedded server that a running Teia has started
 * with that data folder; null when none is running.
 *
 * @throws ConfigError naming TEIA_DATA_DIR when the folder cannot be used.
 */
export const findRunningPostgres = (dataDir: string) =>
  explainFolderErrors(dataDir, async () => {
    const { cluster } = await findDataFolder(dataDir);
    const server = (await hasCluster(cluster)) ? await findServer(dataOf(cluster)) : null;
    if (!server) return null;
    const passwords = await readPasswords(cluster);
    const client = await connectAsAdmin(server.port, passwords.admin);
    if (!client) return null;
    try {
      const isOrphan = await tryToOwnFound(client);
      if (isOrphan) return null;
      return {
        appUrl: appUrlOf(server.port, passwords.app),
        adminUrl: urlOf(server.port, ADMIN_USER, passwords.admin, 'postgres'),
      };
    } finally {
      await client.end();
    }
  });
