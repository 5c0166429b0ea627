import { startRedisServer } from '../testing/redis-server';
import { until } from '../testing/until';
import { openLimits } from './open-limits';

const limit = { name: 'teste', attempts: 3, window: 60 };

let redis: Awaited<ReturnType<typeof startRedisServer>>;
let limits: ReturnType<typeof openLimits>;
beforeAll(async () => {
  redis = await startRedisServer();
  limits = openLimits({ redisUrl: redis.url });
});
afterAll(async () => {
  await limits.close();
  await redis.stop();
});

const allowed = async (many: number, key: string): Promise<number> => {
  const outcomes = await Promise.allSettled(Array.from({ length: many }, () => limits.attempt(limit, key)));
  return outcomes.filter(({ status }) => status === 'fulfilled').length;
};

it('counts attempts at once, forgives them, and takes no key as it is', async () => {
  expect(await allowed(20, 'ana@exemplo.com')).toBe(3);
  await expect(limits.attempt(limit, 'ana@exemplo.com')).rejects.toMatchObject({
    message: 'Muitas tentativas. Tente de novo em 1 minuto.',
    extensions: { code: 'RATE_LIMITED' },
  });
  await limits.forgive(limit, 'ana@exemplo.com', 'all');
  expect(await allowed(2, 'ana@exemplo.com')).toBe(2);
  await limits.forgive(limit, 'ana@exemplo.com', 'one');
  expect(await allowed(5, 'ana@exemplo.com')).toBe(2);
});

it('allows nothing while Redis is away, and goes on when it is back', async () => {
  await limits.attempt(limit, 'bia');
  await redis.kill();
  await expect(limits.attempt(limit, 'bia')).rejects.toMatchObject({
    extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
  });
  await redis.start();
  let left = 0;
  await until(async () => {
    left = await allowed(5, 'bia');
    return left > 0;
  });
  expect(left).toBe(2);
});
