import { Client } from 'pg';
import { type Config, ConfigError } from '../config';
import { startEmbeddedPostgres } from './embedded';
import { migrateUp, pendingMigrations } from './migrate';
import { databaseName, databaseUrl, OWNER_ROLE, provision } from './provision';

type Server = {
  readonly appUrl: string;
  /** Absent when somebody else prepares the databases. */
  readonly adminUrl?: string;
  /** Where this installation keeps its files. */
  readonly dataDir: string;
  readonly stop: () => Promise<void>;
};

type OnStep = (step: string) => void;

const findServer = async (config: Config, onStep: OnStep): Promise<Server> => {
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

const reasons: Readonly<Record<string, string>> = {
  '3D000': 'a base não existe; prepare-a com npm run migrate e DATABASE_ADMIN_URL',
  '28P01': 'usuário ou senha recusados',
  '28000': 'usuário recusado',
  ECONNREFUSED: 'ninguém atende neste endereço',
  ENOTFOUND: 'o servidor não existe',
  '42501': 'o usuário não tem as permissões necessárias',
  '53300': 'o servidor não aceita mais conexões',
};

/** Of the network (ECONNRESET, ETIMEDOUT, …), or SQLSTATE class 08. */
const isConnectionFailure = (code: string): boolean => /^E[A-Z_]+$|^08/.test(code);

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : '';

/** @throws ConfigError naming the variable when the database cannot be used as it is. */
const explainConnection = async <Result>(variable: string, work: () => Promise<Result>): Promise<Result> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ConfigError) throw error;
    const code = codeOf(error);
    const reason =
      reasons[code] ?? (isConnectionFailure(code) && `não foi possível usar o servidor (${code})`);
    throw reason ? new ConfigError(`${variable}: ${reason}.`) : error;
  }
};

const prepare = async (adminUrl: string, appUrl: string, subgraphs: readonly string[], onStep: OnStep) => {
  onStep('Conferindo bancos de dados e migrações');
  await provision({ adminUrl, appUrl, databases: subgraphs });
  for (const subgraph of subgraphs) {
    const applied = await migrateUp({
      adminUrl: databaseUrl(adminUrl, databaseName(appUrl, subgraph)),
      subgraph,
    });
    if (applied.length > 0) onStep(`Banco de ${subgraph}: ${applied.length} migração(ões) aplicada(s)`);
  }
};

const bypassesRowSecurity = async (client: Client): Promise<boolean> => {
  const { rows } = await client.query(
    `SELECT rolsuper OR rolbypassrls OR pg_has_role(current_user, $1, 'MEMBER') AS bypasses
     FROM pg_roles WHERE rolname = current_user`,
    [OWNER_ROLE],
  );
  return rows[0].bypasses;
};

/** @throws ConfigError when the application's login may do too much, or the database is not up to date. */
const check = async (url: string, subgraph: string): Promise<void> => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    if ((await pendingMigrations(client, subgraph)).length > 0)
      throw new ConfigError(`DATABASE_URL: ${unmigrated}.`);
    if (await bypassesRowSecurity(client)) {
      throw new ConfigError(
        'DATABASE_URL: o usuário passaria por cima da segurança por linha; use um sem privilégios.',
      );
    }
  } finally {
    await client.end();
  }
};

/**
 * Brings up the databases of the given subgraphs: the embedded server, or the one of DATABASE_URL. They are
 * made and migrated where there is an administrator; otherwise they have to be there already.
 *
 * @throws ConfigError naming the setting that is in the way.
 */
export const bringUpDatabases = async (config: Config, subgraphs: readonly string[], onStep: OnStep) => {
  const { appUrl, adminUrl, dataDir, stop } = await findServer(config, onStep);
  const urlOf = (subgraph: string) => databaseUrl(appUrl, databaseName(appUrl, subgraph));
  try {
    if (adminUrl) {
      await explainConnection('DATABASE_ADMIN_URL', () => prepare(adminUrl, appUrl, subgraphs, onStep));
    }
    await explainConnection('DATABASE_URL', async () => {
      for (const subgraph of subgraphs) await check(urlOf(subgraph), subgraph);
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { urlOf, dataDir, stop };
};
