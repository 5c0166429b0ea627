import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { databaseName, databaseUrl } from '../../platform/db/provision';
import { startMortalPostgres } from '../../platform/events/testing/kills/mortal-postgres';
import { fromRoot } from '../../platform/project-root';
import { temporaryFolder } from '../../platform/testing/temporary-folder';
import type { Store } from './split-teia';

/** The databases of one installation on a PostgreSQL of their own, which may die and come back. */
export const startMortalStore = async () => {
  const folder = await temporaryFolder();
  const server = await startMortalPostgres(folder.path);
  const { adminUrl, appUrl } = server;
  await promisify(execFile)(process.execPath, [fromRoot('dist', 'scripts', 'migrate.js')], {
    env: { PATH: process.env.PATH, DATABASE_URL: appUrl, DATABASE_ADMIN_URL: adminUrl },
  });
  const drop = async () => {
    await server.stop();
    await folder.remove();
  };
  const store: Store = {
    databaseUrl: appUrl,
    adminUrlOf: (name) => databaseUrl(adminUrl, databaseName(appUrl, name)),
    drop,
  };
  return { ...server, store };
};
