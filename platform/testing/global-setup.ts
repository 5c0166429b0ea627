import { startEmbeddedPostgres } from '../db/embedded';
import { migrateUp } from '../db/migrate';
import { subgraphsWithDatabase } from '../db/migration-files';
import { databaseUrl, provision } from '../db/provision';
import { fromRoot } from '../project-root';
import { temporaryFolder } from './temporary-folder';
import { publishTestServer, templatePrefix } from './test-server';

/** Starts one real PostgreSQL for the run, with a migrated template database for each subgraph. */
export default async (): Promise<void> => {
  const folder = await temporaryFolder();
  const server = await startEmbeddedPostgres({ dataDir: folder.path });
  const { adminUrl, appUrl } = server;
  const databases = await subgraphsWithDatabase(fromRoot('prisma'));
  await provision({ adminUrl, appUrl: databaseUrl(appUrl, templatePrefix), databases });
  for (const subgraph of databases) {
    await migrateUp({ adminUrl: databaseUrl(adminUrl, `${templatePrefix}_${subgraph}`), subgraph });
  }
  publishTestServer({ adminUrl, appUrl });
  globalThis.stopTestServer = async () => {
    await server.stop();
    await folder.remove();
  };
};

declare global {
  var stopTestServer: () => Promise<void>;
}
