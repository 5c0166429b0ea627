import { Redis } from 'ioredis';
import { createDatabaseCheck } from '../db/database-check';
import type { QueueStore } from '../events/queue-engine';
import type { OnClose } from '../run-process';
import type { Health } from './health';

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

type Told = { readonly health: Pick<Health, 'observe'>; readonly onClose: OnClose };

/** Has what keeps the queues checked by whether it answers within 2 s: without it all comes, but later. */
export const observeStore = (store: QueueStore, { health, onClose }: Told): void => {
  const { check, close } =
    'redisUrl' in store ? ofRedis(store.redisUrl) : createDatabaseCheck(store.databaseUrl);
  onClose(close);
  health.observe({ name: 'queues', costs: 'time', run: check });
};
