import { RateLimiterPostgres, RateLimiterRedis } from 'rate-limiter-flexible';
import { LIMITS_TABLE } from '../../../platform/db/queue-database';
import { openQueuePool } from '../../../platform/db/queue-pool';
import type { QueueStore } from '../../../platform/events/queue-engine';
import { openLimitsRedis } from '../../../platform/limits/limits-redis';
import type { Counter } from './counter';
import { createStoreCounter } from './store-counter';

/** How long the store may take, in milliseconds: whoever waits for longer is told that it does not work. */
const answerMs = 2_000;

/** The library looks at each count with numbers of its own, of which nothing here depends. */
const unused = { points: 1, duration: 1 };

type OpenStore = { readonly counter: Counter; readonly close: () => Promise<void> };

const onRedis = (url: string): OpenStore => {
  const redis = openLimitsRedis(url, { commandTimeout: answerMs, keyPrefix: 'teia:uso:' });
  const store = new RateLimiterRedis({ ...unused, keyPrefix: '', storeClient: redis });
  return { counter: createStoreCounter(store), close: async () => redis.disconnect() };
};

const onPostgres = (databaseUrl: string): OpenStore => {
  const pool = openQueuePool(databaseUrl, answerMs);
  const store = new RateLimiterPostgres({
    ...unused,
    keyPrefix: 'uso',
    storeClient: pool,
    storeType: 'pool',
    tableName: LIMITS_TABLE,
    tableCreated: true,
  });
  return { counter: createStoreCounter(store), close: () => pool.end() };
};

/** Uses counted in what keeps the queues, together with all other routers that count there. */
export const openStore = (store: QueueStore): OpenStore =>
  'redisUrl' in store ? onRedis(store.redisUrl) : onPostgres(store.databaseUrl);
