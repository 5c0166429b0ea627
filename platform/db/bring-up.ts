import { Client } from 'pg';
import { type Config, ConfigError } from '../config';
import { queueName } from '../events/queue-name';
import { startEmbeddedPostgres } from './embedded';
import { explainConnection } from './explain-connection';
import { migrateUp, pendingMigrations } from './migrate';
import { databaseName, databaseUrl, OWNER_ROLE, provision } from './provision';
import { areQueuesMigrated, migrateQueues, QUEUE_DATABASE } from './queue-database';

type Server = {
  readonly appUrl: string;
  /** Absent when somebody else prepares the databases. */
  readonly adminUrl?: string;
  /** Where this installation keeps its files. */
  readonly dataDir: string;
  readonly stop: () => Promise<void>;
};

type OnStep = (step: string) => void;

/** The server of the settings: the caller's own, or the embedded one, started. */
export const findServer = async (config: Config, onStep: OnStep): Promise<Server> => {
  const dataDir = config.TEIA_DATA_DIR;
  if (!config.DATABASE_URL) return startEmbeddedPostgres({ dataDir, onStep });
  return {
    appUrl: config.DATABASE_URL,
    adminUrl: config.DATABASE_ADMIN_URL,
    dataDir,
    stop: async () => {},
  };
};

const unmigrated =
  'a base está sem as migrações desta versão; aplique-as com npm run migrate e DATABASE_ADMIN_URL';

type Wanted = {
  readonly subgraphs: readonly string[];
  /** The domains that have a queue of events, in this process or another. */
  readonly destinos: readonly string[];
};

type Databases = Wanted & { readonly hasQueues: boolean };

const prepare = async (
  adminUrl: string,
  appUrl: string,
  { subgraphs, destinos, hasQueues }: Databases,
  onStep: OnStep,
): Promise<void> => {
  onStep('Conferindo bancos de dados e migrações');
  const adminUrlOf = (name: string) => databaseUrl(adminUrl, databaseName(appUrl, name));
  await provision({
    adminUrl,
    appUrl,
    databases: hasQueues ? [...subgraphs, QUEUE_DATABASE] : subgraphs,
  });
  for (const subgraph of subgraphs) {
    const applied = await migrateUp({ adminUrl: adminUrlOf(subgraph), subgraph });
    if (applied.length > 0) onStep(`Banco de ${subgraph}: ${applied.length} migração(ões) aplicada(s)`);
  }
  if (hasQueues) await migrateQueues(adminUrlOf(QUEUE_DATABASE), destinos.map(queueName));
};

const bypassesRowSecurity = async (client: Client): Promise<boolean> => {
  const { rows } = await client.query(
    `SELECT rolsuper OR rolbypassrls OR pg_has_role(current_user, $1, 'MEMBER') AS bypasses
     FROM pg_roles WHERE rolname = current_user`,
    [OWNER_ROLE],
  );
  return rows[0].bypasses;
};

const connected = async <Result>(url: string, work: (client: Client) => Promise<Result>): Promise<Result> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

/** @throws ConfigError when the application's login may do too much, or the database is not up to date. */
const check = (url: string, subgraph: string): Promise<void> =>
  connected(url, async (client) => {
    if ((await pendingMigrations(client, subgraph)).length > 0)
      throw new ConfigError(`DATABASE_URL: ${unmigrated}.`);
    if (await bypassesRowSecurity(client)) {
      throw new ConfigError(
        'DATABASE_URL: o usuário passaria por cima da segurança por linha; use um sem privilégios.',
      );
    }
  });

/** @throws ConfigError when the database of the queues is not up to date. */
const checkQueues = (url: string, destinos: readonly string[]): Promise<void> =>
  connected(url, async (client) => {
    const isReady = await areQueuesMigrated(client, destinos.map(queueName));
    if (!isReady) throw new ConfigError(`DATABASE_URL: ${unmigrated}.`);
  });

/**
 * Brings up the databases of the given subgraphs, and that of the queues unless REDIS_URL keeps them: the embedded
 * server, or the one of DATABASE_URL. They are made and migrated where there is an administrator; otherwise they
 * have to be there already.
 *
 * @throws ConfigError naming the setting that is in the way.
 */
export const bringUpDatabases = async (config: Config, wanted: Wanted, onStep: OnStep) => {
  const { appUrl, adminUrl, dataDir, stop } = await findServer(config, onStep);
  const databases = { ...wanted, hasQueues: !config.REDIS_URL };
  const urlOf = (name: string) => databaseUrl(appUrl, databaseName(appUrl, name));
  try {
    if (adminUrl) {
      await explainConnection('DATABASE_ADMIN_URL', () => prepare(adminUrl, appUrl, databases, onStep));
    }
    await explainConnection('DATABASE_URL', async () => {
      for (const subgraph of wanted.subgraphs) await check(urlOf(subgraph), subgraph);
      if (databases.hasQueues) await checkQueues(urlOf(QUEUE_DATABASE), wanted.destinos);
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { urlOf, dataDir, stop };
};
