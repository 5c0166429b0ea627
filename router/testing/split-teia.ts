import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { QUEUE_DATABASE } from '../../platform/db/queue-database';
import { subgraphUrlSetting } from '../../platform/settings/subgraphs';
import { ensureSigningKeys } from '../../platform/signing-keys';
import { freePort } from '../../platform/testing/free-port';
import { mailSettings } from '../../platform/testing/mail-settings';
import { temporaryFolder } from '../../platform/testing/temporary-folder';
import { createTestDatabase } from '../../platform/testing/test-database';
import { subgraphs } from '../../subgraphs';
import { teiaProcess } from './teia-process';

export const names = Object.keys(subgraphs);

export const administrador = { email: 'primeira@exemplo.com', senha: 'uma senha comprida' };

/** Where every subgraph is, as the settings of a process. */
const addresses = (ports: Readonly<Record<string, number>>) =>
  Object.fromEntries(
    Object.entries(ports).map(([name, port]) => [subgraphUrlSetting(name), `http://localhost:${port}`]),
  );

/** Where the databases of one installation are, migrated. */
export type Store = {
  /** What a process is given; it appends the name of each subgraph. */
  readonly databaseUrl: string;
  /** Where a subgraph's database is, for a superuser. */
  readonly adminUrlOf: (name: string) => string;
  readonly drop: () => Promise<void>;
};

/** Databases of their own on the server that all tests share. */
const onTestServer = async (): Promise<Store> => {
  const group = randomUUID();
  const databases: Awaited<ReturnType<typeof createTestDatabase>>[] = [];
  for (const name of [...names, QUEUE_DATABASE]) databases.push(await createTestDatabase(name, group));
  return {
    databaseUrl: databases[0]!.url.replace(`_${names[0]}`, ''),
    adminUrlOf: (name) => databases[names.indexOf(name)]!.adminUrl,
    drop: async () => {
      for (const database of databases) await database.drop();
    },
  };
};

/** Databases, keys and ports for Teia in several processes, each in production, and ways to start them. */
export const splitTeia = async (openStore = onTestServer) => {
  const folder = await temporaryFolder();
  const [internal, signing] = ['internas.json', 'chaves.json'].map((file) => join(folder.path, file));
  await ensureSigningKeys(internal!);
  await ensureSigningKeys(signing!);
  const ports: Record<string, number> = {};
  for (const name of names) ports[name] = await freePort();
  const { databaseUrl, adminUrlOf, drop } = await openStore();
  const onlyUsuarios = {
    TEIA_CHAVES: signing,
    TEIA_ADMIN_EMAIL: administrador.email,
    TEIA_ADMIN_SENHA: administrador.senha,
    ...mailSettings,
  };
  const started: ReturnType<typeof teiaProcess>[] = [];
  const run = (...parameters: Parameters<typeof teiaProcess>) => {
    const child = teiaProcess(...parameters);
    started.push(child);
    return child;
  };
  const production = {
    NODE_ENV: 'production',
    TEIA_CHAVES_INTERNAS: internal,
    TEIA_DATA_DIR: join(folder.path, 'dados'),
  };

  return {
    /** Starts a subgraph, and resolves when it serves. */
    serve: async (name: string, settings: NodeJS.ProcessEnv = {}) => {
      const child = run(
        {
          ...production,
          ...addresses(ports),
          SUBGRAPH: name,
          PORT: String(ports[name]),
          DATABASE_URL: databaseUrl,
          ...(name === 'usuarios' && onlyUsuarios),
          ...settings,
        },
        'subgraphs/serve.js',
      );
      const [, url] = await child.until(new RegExp(`Subgrafo ${name} em (http[^\\s"]+)`));
      return { ...child, url: url! };
    },
    route: (settings: NodeJS.ProcessEnv = {}) => run({ ...production, ...addresses(ports), ...settings }),
    databaseUrl,
    adminUrlOf,
    /** Where the first instance of a subgraph answers. */
    originOf: (name: string): string => `http://localhost:${ports[name]}`,
    keyFiles: { TEIA_CHAVES: signing!, TEIA_CHAVES_INTERNAS: internal! },
    /** What the router needs to run subgraphs itself. */
    own: { DATABASE_URL: databaseUrl, ...onlyUsuarios },
    stop: async () => {
      await Promise.all(started.map((child) => child.end('SIGKILL')));
      await drop();
      await folder.remove();
    },
  };
};

export type SplitTeia = Awaited<ReturnType<typeof splitTeia>>;
