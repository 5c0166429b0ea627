import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || !address) throw new Error('no free port');
  return address.port;
};

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
 * A real Redis with files of its own, which keeps everything it acknowledged and evicts nothing.
 *
 * @throws Error when no `redis-server` is in the PATH.
 */
export const startRedisServer = async () => {
  const [port, folder] = [await freePort(), await mkdtemp(join(tmpdir(), 'teia-redis-'))];
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir: folder,
    save: '',
    appendonly: 'yes',
    appendfsync: 'always',
    'maxmemory-policy': 'noeviction',
  };
  let server: ChildProcess;

  const start = async (): Promise<void> => {
    server = spawn(
      'redis-server',
      Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
      { stdio: 'ignore' },
    );
    const failed = once(server, 'error').then(([error]) => {
      throw new Error('redis-server is not in the PATH: install it, for example with apt-get', {
        cause: error,
      });
    });
    failed.catch(() => {});
    for (let waited = 0; !(await Promise.race([isUp(port), failed])); waited += 20) {
      if (waited > 10_000 || server.exitCode !== null) throw new Error('redis-server did not start');
      await sleep(20);
    }
  };

  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    server.kill(signal);
    await once(server, 'exit');
  };

  await start();
  return {
    url: `redis://127.0.0.1:${port}`,
    /** Ends it without a warning; `start` brings it back with what it had. */
    kill: () => end('SIGKILL'),
    start,
    stop: async () => {
      await end('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
};
