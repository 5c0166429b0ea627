import { Redis } from 'ioredis';
import { startRedisServer } from '../testing/redis-server';
import { lostSignals, signalsContract } from './testing/signals-contract';

let server: Awaited<ReturnType<typeof startRedisServer>>;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

const cut = async (): Promise<void> => {
  const redis = new Redis(server.url);
  await redis.call('CLIENT', 'KILL', 'TYPE', 'NORMAL', 'SKIPME', 'YES');
  await redis.call('CLIENT', 'KILL', 'TYPE', 'PUBSUB');
  redis.disconnect();
};

describe('signals by Redis', () => {
  signalsContract(() => ({ store: { redisUrl: server.url }, interrupt: cut }));
  lostSignals({ redisUrl: 'redis://:segredo@127.0.0.1:1' });
});
