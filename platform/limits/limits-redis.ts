import { Redis, type RedisOptions } from 'ioredis';
import { logSparingly } from '../log-sparingly';

/** A connection to count over: nothing waits for a Redis that is away, and it is found again when it is back. */
export const openLimitsRedis = (url: string, settings: RedisOptions): Redis => {
  const redis = new Redis(url, {
    retryStrategy: (times) => Math.min(times * 200, 2_000),
    maxRetriesPerRequest: 0,
    ...settings,
  });
  redis.on('error', logSparingly('limits in Redis in trouble'));
  return redis;
};
