import { mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Config, ConfigError, readConfig } from '../platform/config';
import { backup } from '../platform/db/backup/backup';
import { backupFileName, keepNewest } from '../platform/db/backup/backup-files';
import { findRunningPostgres, hasPostgres } from '../platform/db/embedded/running';
import { subgraphsWithDatabase } from '../platform/db/migration-files';
import { fromRoot } from '../platform/project-root';
import { openServer } from './open-server';

const usage =
  'npm run backup [-- --para <pasta ou arquivo>] [--manter <quantas>]   (sem opções, um arquivo novo em backups/)';

const parse = () => {
  try {
    return parseArgs({ options: { para: { type: 'string' }, manter: { type: 'string' } } }).values;
  } catch {
    throw new ConfigError(`Uso: ${usage}`);
  }
};

const readArguments = () => {
  const { para = 'backups/', manter } = parse();
  const isValid = para !== '' && (manter === undefined || /^[1-9]\d{0,4}$/.test(manter));
  if (!isValid) throw new ConfigError(`Uso: ${usage}`);
  return { target: para, keep: manter === undefined ? null : Number(manter) };
};

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => path.endsWith('/'),
  );

/** The databases of a Teia that runs, or else of its server, which need not be running. */
const openSource = async (config: Config) => {
  if (config.DATABASE_URL) return openServer(config);
  const running = await findRunningPostgres(config.TEIA_DATA_DIR);
  if (running) return { ...running, stop: async () => undefined };
  if (await hasPostgres(config.TEIA_DATA_DIR)) return openServer(config);
  throw new ConfigError(`TEIA_DATA_DIR: não há banco de dados em ${config.TEIA_DATA_DIR}.`);
};

const main = async () => {
  const { target, keep } = readArguments();
  const config = readConfig();
  const path = (await isFolder(target)) ? join(target, backupFileName(new Date())) : target;
  const folder = dirname(path);
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort());
  const server = await openSource(config);
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const subgraphs = await subgraphsWithDatabase(fromRoot('prisma'));
    const { signal } = interrupted;
    const { manifest, size } = await backup({ ...server, subgraphs, path, onStep: console.log, signal });
    console.log(`Cópia de ${manifest.at} em ${path}, ${(size / 1e6).toFixed(1)} MB.`);
  } finally {
    await server.stop();
  }
  const removed = keep === null ? [] : await keepNewest(folder, keep, new Date());
  if (removed.length > 0) console.log(`Cópias antigas removidas: ${removed.join(', ')}.`);
};

main().catch((error: Error) => {
  console.error(error.name === 'AbortError' ? 'Interrompida: nenhuma cópia foi feita.' : error.message);
  process.exitCode = 1;
});
