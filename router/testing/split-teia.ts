import { randomUUID } from 'node:crypto';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { QUEUE_DATABASE } from '../../platform/db/queue-database';
import { ensureSigningKeys } from '../../platform/signing-keys';
import { temporaryFolder } from '../../platform/testing/temporary-folder';
import { createTestDatabase } from '../../platform/testing/test-database';
import { subgraphs } from '../../subgraphs';
import { teiaProcess } from './teia-process';

export const names = Object.keys(subgraphs);

export const administrador = { email: 'primeira@exemplo.com', senha: 'uma senha comprida' };

const freePort = async (): Promise<number> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
};

/** `http://localhost:4001` for every subgraph, as the settings of a process. */
const addresses = (ports: Readonly<Record<string, number>>) =>
  Object.fromEntries(
    Object.entries(ports).map(([name, port]) => [
      `SUBGRAPH_${name.toUpperCase()}_URL`,
      `http://localhost:${port}`,
    ]),
  );

/** Databases, keys and ports for Teia in several processes, each in production, and ways to start them. */
export const splitTeia = async () => {
  const folder = await temporaryFolder();
  const [internal, signing] = ['internas.json', 'chaves.json'].map((file) => join(folder.path, file));
  await ensureSigningKeys(internal!);
  await ensureSigningKeys(signing!);
  const group = randomUUID();
  const databases: Awaited<ReturnType<typeof createTestDatabase>>[] = [];
  const ports: Record<string, number> = {};
  for (const name of [...names, QUEUE_DATABASE]) databases.push(await createTestDatabase(name, group));
  for (const name of names) ports[name] = await freePort();
  // What a process is given; it appends the name of each subgraph.
  const databaseUrl = databases[0]!.url.replace(`_${names[0]}`, '');
  const onlyUsuarios = {
    TEIA_CHAVES: signing,
    TEIA_ADMIN_EMAIL: administrador.email,
    TEIA_ADMIN_SENHA: administrador.senha,
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
    freePort,
    serve: (name: string, settings: NodeJS.ProcessEnv = {}) =>
      run(
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
      ),
    route: (settings: NodeJS.ProcessEnv = {}) => run({ ...production, ...addresses(ports), ...settings }),
    /** What the router needs to run subgraphs itself. */
    own: { DATABASE_URL: databaseUrl, ...onlyUsuarios },
    stop: async () => {
      await Promise.all(started.map((child) => child.end('SIGKILL')));
      for (const database of databases) await database.drop();
      await folder.remove();
    },
  };
};

export type SplitTeia = Awaited<ReturnType<typeof splitTeia>>;
