import { startEmbeddedPostgres } from '../db/embedded';
import { migrateUp } from '../db/migrate';
import { subgraphsWithDatabase } from '../db/migration-files';
import { databaseUrl, provision } from '../db/provision';
import { migrateQueues, QUEUE_DATABASE } from '../db/queue-database';
import { queueName } from '../events/queue-name';
import { fromRoot } from '../project-root';
import { temporaryFolder } from './temporary-folder';
import { publishTestServer, templatePrefix } from './test-server';

/** Starts one real PostgreSQL for the run, with a migrated template database for each subgraph and the queues. */
export default async (): Promise<void> => {
  const folder = await temporaryFolder();
  const server = await startEmbeddedPostgres({ dataDir: folder.path });
  const { adminUrl, appUrl } = server;
  const databases = await subgraphsWithDatabase(fromRoot('prisma'));
  await provision({
    adminUrl,
    appUrl: databaseUrl(appUrl, templatePrefix),
    databases: [...databases, QUEUE_DATABASE],
  });
  for (const subgraph of databases) {
    await migrateUp({ adminUrl: databaseUrl(adminUrl, `${templatePrefix}_${subgraph}`), subgraph });
  }
  await migrateQueues(databaseUrl(adminUrl, `${templatePrefix}_${QUEUE_DATABASE}`), databases.map(queueName));
  publishTestServer({ adminUrl, appUrl });
  globalThis.stopTestServer = async () => {
    await server.stop();
    await folder.remove();
  };
};

declare global {
  var stopTestServer: () => Promise<void>;
}
