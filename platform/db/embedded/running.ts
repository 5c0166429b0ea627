import { appUrlOf, dataOf, hasCluster, readPasswords } from './cluster';
import { explainFolderErrors, findDataFolder } from './data-folder';
import { connectAsAdmin, tryToOwnFound } from './ownership';
import { findServer } from './postmaster-file';

/**
 * The address, for the application's login, of the embedded server that a running Teia has started with that data
 * folder; null when none is running.
 *
 * @throws ConfigError naming TEIA_DATA_DIR when the folder cannot be used.
 */
export const findRunningPostgres = (dataDir: string): Promise<string | null> =>
  explainFolderErrors(dataDir, async () => {
    const { cluster } = await findDataFolder(dataDir);
    const server = (await hasCluster(cluster)) ? await findServer(dataOf(cluster)) : null;
    if (!server) return null;
    const passwords = await readPasswords(cluster);
    const client = await connectAsAdmin(server.port, passwords.admin);
    if (!client) return null;
    try {
      const isOrphan = await tryToOwnFound(client);
      return isOrphan ? null : appUrlOf(server.port, passwords.app);
    } finally {
      await client.end();
    }
  });
