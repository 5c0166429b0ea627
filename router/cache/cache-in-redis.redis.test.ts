import { Redis } from 'ioredis';
import { startRedisServer } from '../../platform/testing/redis-server';
import { until } from '../../platform/testing/until';
import { cacheableGraph } from '../response-cache/testing/cacheable-graph';
import { testRouter } from '../testing/test-router';
import { answers, texts } from './bounds';
import { cacheInMemory } from './cache-in-memory';
import { cacheInRedis } from './cache-in-redis';

let server: Awaited<ReturnType<typeof startRedisServer>>;
let redis: Redis;
let one: ReturnType<typeof cacheInRedis>;
let other: ReturnType<typeof cacheInRedis>;

const isBack = (cache: typeof one) =>
  until(async () => {
    await cache.set('de volta', 'sim', { ttl: 60 });
    return (await cache.get('de volta')) === 'sim';
  });

beforeAll(async () => {
  server = await startRedisServer();
  redis = new Redis(server.url);
  redis.on('error', () => {});
  [one, other] = [cacheInRedis(server.url, answers), cacheInRedis(server.url, answers)];
  await Promise.all([isBack(one), isBack(other)]);
});
afterAll(async () => {
  await Promise.all([one.close(), other.close()]);
  redis.disconnect();
  await server.stop();
});
beforeEach(() => redis.flushdb());

it('shares what is kept, for its time, and forgets it when told', async () => {
  await one.set('a', 'valor', { ttl: 60 });
  expect(await other.get('a')).toBe('valor');
  const [key = ''] = await redis.keys('*');
  expect(key).toMatch(/^teia:guardados:/);
  expect(await redis.ttl(key)).toBeGreaterThan(0);
  await other.delete('a');
  expect(await one.get('a')).toBeUndefined();
});

it('keeps a bounded number of values, each under its own key only', async () => {
  const keys = Array.from({ length: 6_000 }, (_, i) => `chave ${i}`);
  for (let i = 0; i < keys.length; i += 200) {
    await Promise.all(keys.slice(i, i + 200).map((key) => one.set(key, `valor de ${key}`, { ttl: 60 })));
  }
  expect(await redis.dbsize()).toBeLessThanOrEqual(2_048);
  await isBack(other);
  let kept = 0;
  for (const key of keys.slice(-500)) {
    const value = await other.get(key);
    expect([undefined, `valor de ${key}`]).toContain(value);
    kept += value === undefined ? 0 : 1;
  }
  expect(kept).toBeGreaterThan(0);
});

it('keeps nothing that is too long, nor for ever', async () => {
  await one.set('longo', 'é'.repeat(answers.longest / 2), { ttl: 60 });
  await one.set('eterno', 'valor');
  expect(await redis.dbsize()).toBe(0);
});

it('keeps texts in places of their own, and none that is long', async () => {
  await one.set('a', 'resposta', { ttl: 60 });
  const kept = cacheInRedis(server.url, texts);
  try {
    await isBack(kept);
    for (let i = 0; i < 100; i++) await kept.set(`texto ${i}`, '{ a }', { ttl: 60 });
    await kept.set('a', 'x'.repeat(texts.longest), { ttl: 60 });
    expect(await kept.get('a')).toBeUndefined();
    expect(await one.get('a')).toBe('resposta');
  } finally {
    await kept.close();
  }
});

it('has nothing where somebody else wrote something else', async () => {
  await one.set('a', 'valor', { ttl: 60 });
  const [key = ''] = await redis.keys('*');
  await redis.set(key, 'nada disso');
  expect(await one.get('a')).toBeUndefined();
  await isBack(one);
});

describe('routers', () => {
  it('share answers, and go on without them while Redis is slow or down', async () => {
    const graph = cacheableGraph();
    const routers = await Promise.all(
      [one, other].map((answers) =>
        testRouter({ ...graph, caches: { texts: cacheInMemory(texts), answers } }),
      ),
    );
    const [first, second] = routers as [(typeof routers)[0], (typeof routers)[0]];
    const fetched = async (router: typeof first) => {
      const before = graph.asked();
      const { data } = await router.ask('{ publico }');
      expect(data).toEqual({ publico: expect.stringMatching(/^para todos/) });
      return graph.asked() - before;
    };
    expect(await fetched(first)).toBe(1);
    await until(async () => (await fetched(second)) === 0);

    await redis.client('PAUSE', 60_000, 'ALL');
    expect(await fetched(first)).toBe(1);
    expect(await fetched(first)).toBe(1);

    await server.kill();
    expect(await fetched(first)).toBe(1);
    expect(await fetched(second)).toBe(1);

    await server.start();
    await Promise.all([isBack(one), isBack(other)]);
    await fetched(first);
    await until(async () => (await fetched(second)) === 0);
    await Promise.all(routers.map(({ close }) => close()));
  });
});
