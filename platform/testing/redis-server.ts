import { Redis } from 'ioredis';
import { freePort } from './free-port';
import { startMortalServer } from './mortal-server';
import { temporaryFolder } from './temporary-folder';

const isUp = async (port: number): Promise<boolean> => {
  const redis = new Redis({ port, lazyConnect: true, retryStrategy: () => null });
  redis.on('error', () => {});
  const answer = await redis.connect().then(
    () => redis.ping(),
    () => '',
  );
  redis.disconnect();
  return answer === 'PONG';
};

/**
 * A real Redis with files of its own, which keeps everything it acknowledged and evicts nothing. It can be killed,
 * and started again with what it had.
 *
 * @throws Error when no `redis-server` is in the PATH.
 */
export const startRedisServer = async () => {
  const [port, folder] = [await freePort(), await temporaryFolder()];
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir: folder.path,
    save: '',
    appendonly: 'yes',
    appendfsync: 'always',
    'maxmemory-policy': 'noeviction',
  };
  const { kill, start, stop } = await startMortalServer({
    command: ['redis-server', ...Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value])],
    isReady: () => isUp(port),
  });
  return {
    url: `redis://127.0.0.1:${port}`,
    kill,
    start,
    stop: async () => {
      await stop();
      await folder.remove();
    },
  };
};
