import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../db/embedded';
import { migrateUp } from '../db/migrate';
import { databaseUrl, provision } from '../db/provision';
import { fromRoot } from '../project-root';
import { publishTestServer, templatePrefix } from './test-server';

const subgraphsWithDatabase = async (): Promise<string[]> =>
  (await readdir(fromRoot('prisma'))).filter((name) => name !== 'plataforma');

/** Starts one real PostgreSQL for the run, with a migrated template database for each subgraph. */
export default async (): Promise<void> => {
  const dataDir = await mkdtemp(join(tmpdir(), 'teia-test-'));
  // As root the server runs as another user, who has to get in.
  await chmod(dataDir, 0o755);
  const server = await startEmbeddedPostgres({ dataDir });
  const { adminUrl, appUrl } = server;
  const databases = await subgraphsWithDatabase();
  await provision({ adminUrl, appUrl: databaseUrl(appUrl, templatePrefix), databases });
  for (const subgraph of databases) {
    await migrateUp({ adminUrl: databaseUrl(adminUrl, `${templatePrefix}_${subgraph}`), subgraph });
  }
  publishTestServer({ adminUrl, appUrl });
  globalThis.stopTestServer = async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
};

declare global {
  var stopTestServer: () => Promise<void>;
}
