import { Redis } from 'ioredis';
import { startRedisServer } from '../../platform/testing/redis-server';
import { describeCountingTogether } from './testing/counting-together';

let server: Awaited<ReturnType<typeof startRedisServer>>;
beforeAll(async () => {
  server = await startRedisServer();
});
afterAll(() => server.stop());

const withRedis = async <Result>(work: (redis: Redis) => Promise<Result>): Promise<Result> => {
  const redis = new Redis(server.url);
  try {
    return await work(redis);
  } finally {
    redis.disconnect();
  }
};

/** Connections stay, and nothing that writes is answered. */
const hold = async () => {
  await withRedis((redis) => redis.call('CLIENT', 'PAUSE', '30000', 'WRITE'));
  return () => withRedis((redis) => redis.call('CLIENT', 'UNPAUSE'));
};

describeCountingTogether('Redis', () => ({
  store: { redisUrl: server.url },
  breakDown: () => server.kill(),
  mend: () => server.start(),
  hold,
}));

it('keeps no address and no id as it is, and nothing for ever', () =>
  withRedis(async (redis) => {
    const keys = await redis.keys('*');
    expect(keys.length).toBeGreaterThan(0);
    for (const key of keys) {
      expect(key).toMatch(/^teia:uso:[\w-]{43}:\d+$/);
      expect(await redis.ttl(key)).toBeGreaterThan(0);
    }
  }));
