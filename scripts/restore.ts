import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from '../platform/config';
import { restore } from '../platform/db/backup/restore';
import { checkQueuesInRedis } from '../platform/events/empty-redis';
import { queueName } from '../platform/events/queue-name';
import { consumers } from '../subgraphs/consumers';
import { openServer } from './open-server';

const usage = 'npm run restore -- <arquivo>';

const readPath = (): string => {
  try {
    const [path, ...rest] = parseArgs({ allowPositionals: true }).positionals;
    if (path && rest.length === 0) return path;
  } catch {
    // An option, and there is none.
  }
  throw new ConfigError(`Uso: ${usage}`);
};

const main = async () => {
  const path = readPath();
  const config = readConfig();
  if (config.REDIS_URL) await checkQueuesInRedis(config.REDIS_URL);
  const server = await openServer(config);
  try {
    const queues = config.REDIS_URL ? null : Object.keys(consumers).map(queueName);
    const { at } = await restore({ ...server, path, queues, onStep: console.log });
    console.log(
      `Restaurada a cópia de ${at}. No próximo início os eventos são reconhecidos e seguem adiante.`,
    );
  } finally {
    await server.stop();
  }
};

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
