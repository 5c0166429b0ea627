import { RateLimiterPostgres, RateLimiterRedis } from 'rate-limiter-flexible';
import { LIMITS_TABLE } from '../db/queue-database';
import { openQueuePool } from '../db/queue-pool';
import type { QueueStore } from '../events/queue-engine';
import { createLimits } from './create-limits';
import type { Limits } from './limits';
import { openLimitsRedis } from './limits-redis';

type OpenLimits = Limits & { readonly close: () => Promise<void> };

/** Who waits for longer than this is told that it does not work at the moment. */
const answerMs = 2_000;

const onRedis = (url: string): OpenLimits => {
  const redis = openLimitsRedis(url, {
    commandTimeout: answerMs,
    keyPrefix: 'teia:limites:',
    lazyConnect: true,
  });
  return {
    ...createLimits((options) => new RateLimiterRedis({ ...options, storeClient: redis })),
    close: async () => redis.disconnect(),
  };
};

const onPostgres = (databaseUrl: string): OpenLimits => {
  const pool = openQueuePool(databaseUrl, answerMs);
  return {
    ...createLimits(
      (options) =>
        new RateLimiterPostgres({
          ...options,
          storeClient: pool,
          storeType: 'pool',
          tableName: LIMITS_TABLE,
          tableCreated: true,
        }),
    ),
    close: () => pool.end(),
  };
};

/** Limits counted in what keeps the queues, together with all other processes that count there. */
export const openLimits = (store: QueueStore): OpenLimits =>
  'redisUrl' in store ? onRedis(store.redisUrl) : onPostgres(store.databaseUrl);
