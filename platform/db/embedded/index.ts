import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { ConfigError } from '../../config';
import { prepareBinaries } from './binaries';
import {
  ADMIN_USER,
  appUrlOf,
  createCluster,
  dataOf,
  hasCluster,
  readPasswords,
  removeScratch,
  urlOf,
} from './cluster';
import { copiesFolder, explainFolderErrors, findDataFolder } from './data-folder';
import { connectAsAdmin, keepOwning, tryToOwn, tryToOwnFound } from './ownership';
import { findServer } from './postmaster-file';
import { type ServerProcess, spawnServer } from './server-process';

export type EmbeddedPostgres = {
  /** As superuser, to the `postgres` database. */
  readonly adminUrl: string;
  /** For the application's login, which `provision` makes; its database name is the prefix of ours. */
  readonly appUrl: string;
  /** The folder really in use. */
  readonly dataDir: string;
  /** Disconnects every client, writes everything to disk and ends the server. */
  stop(): Promise<void>;
};

type Options = {
  readonly dataDir: string;
  /** Told of each step as it begins, in Portuguese. */
  readonly onStep?: (step: string) => void;
};

/** How long a server that neither answers nor ends may take; recovery after a crash answers. */
const PATIENCE_MS = 60_000;
const POLL_MS = 30;

/** Start-up failures that pass: a port taken meanwhile, another start ahead of us, remains of a crash. */
const PASSING = /Address already in use|lock file|shared memory block/;

const waitUntilReady = async (server: ServerProcess, password: string): Promise<Client | null> => {
  while (server.running()) {
    const client = await connectAsAdmin(server.port, password);
    if (client) return client;
    await sleep(POLL_MS);
  }
  return null;
};

/**
 * Ends the server that a killed process left behind.
 *
 * @throws ConfigError when its owner is alive.
 */
const endOrphan = async (
  { pid, port }: { pid: number; port: number },
  password: string,
  { dataDir, onStep }: Options,
): Promise<void> => {
  const client = await connectAsAdmin(port, password);
  if (!client) return;
  const orphan = await tryToOwnFound(client).catch(() => null);
  if (orphan) {
    onStep?.(`Encerrando o banco de dados deixado por uma execução interrompida (processo ${pid})`);
    process.kill(pid, 'SIGINT');
  }
  await client.end();
  if (orphan === false)
    throw new ConfigError(`TEIA_DATA_DIR: a pasta ${dataDir} já está em uso por outro Teia.`);
};

type Owned = { readonly server: ServerProcess; readonly client: Client };

/** Starts a server and becomes its owner; null when that failed for a reason that passes. */
const startOwned = async (place: Place): Promise<Owned | null> => {
  const server = await spawnServer(place.native, place.cluster, place.user);
  const client = await waitUntilReady(server, place.passwords.admin);
  if (client && (await tryToOwn(client).catch(() => false))) return { server, client };
  const code = await server.stop();
  const messages = await server.messages();
  if (code !== 0 && !PASSING.test(messages)) throw new Error(`O PostgreSQL não iniciou:\n${messages}`);
  return null;
};

const takeOver = async (place: Place, options: Options): Promise<Owned> => {
  const deadline = Date.now() + PATIENCE_MS;
  while (Date.now() < deadline) {
    const other = await findServer(dataOf(place.cluster));
    if (other) await endOrphan(other, place.passwords.admin, options);
    const owned = other ? null : await startOwned(place);
    if (owned) return owned;
    await sleep(POLL_MS);
  }
  throw new Error(`O PostgreSQL de ${place.cluster} não respondeu; veja server.log nessa pasta.`);
};

const preparePlace = async ({ dataDir, onStep }: Options) => {
  const { folder, cluster, user } = await findDataFolder(dataDir);
  const native = await prepareBinaries(user, () => copiesFolder(user, folder));
  if (!(await hasCluster(cluster))) {
    onStep?.(`Criando o banco de dados em ${cluster}`);
    await createCluster(folder, cluster, native, user);
  }
  return { folder, cluster, user, native, passwords: await readPasswords(cluster) };
};

type Place = Awaited<ReturnType<typeof preparePlace>>;

/**
 * Starts the real PostgreSQL that comes with npm on a free loopback port, with its files in `dataDir`.
 * It survives a restart and a `kill -9` of everything; one process at a time may have a data folder.
 *
 * @throws ConfigError naming TEIA_DATA_DIR when the folder cannot be used or another Teia uses it.
 */
export const startEmbeddedPostgres = (options: Options): Promise<EmbeddedPostgres> =>
  explainFolderErrors(options.dataDir, async () => {
    const place = await preparePlace(options);
    options.onStep?.(`Iniciando o PostgreSQL em ${place.cluster}`);
    const { server, client } = await takeOver(place, options);
    let stopping = false;
    keepOwning(
      client,
      () => !stopping && server.running(),
      () => connectAsAdmin(server.port, place.passwords.admin),
    );
    await removeScratch(place.folder);
    return {
      adminUrl: urlOf(server.port, ADMIN_USER, place.passwords.admin, 'postgres'),
      appUrl: appUrlOf(server.port, place.passwords.app),
      dataDir: place.folder,
      stop: async () => {
        stopping = true;
        await server.stop();
      },
    };
  });
