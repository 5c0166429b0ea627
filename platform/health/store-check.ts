import { Redis } from 'ioredis';
import { createDatabaseCheck } from '../db/database-check';
import type { QueueStore } from '../events/queue-engine';

const patienceMs = 2_000;

const ofRedis = (url: string) => {
  const redis = new Redis(url, {
    maxRetriesPerRequest: 0,
    commandTimeout: patienceMs,
    connectTimeout: patienceMs,
    lazyConnect: true,
  });
  // Without a listener each lost connection is printed; the next check tells.
  redis.on('error', () => {});
  return {
    check: async (): Promise<void> => {
      await redis.ping();
    },
    close: async () => redis.disconnect(),
  };
};

/** Makes a check of whether what keeps the queues answers within 2 s. */
export const createStoreCheck = (store: QueueStore) =>
  'redisUrl' in store ? ofRedis(store.redisUrl) : createDatabaseCheck(store.databaseUrl);
