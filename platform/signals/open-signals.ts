import type { QueueStore } from '../events/queue-engine';
import type { Signals } from './signals';
import { signalsOnPostgres } from './signals-on-postgres';
import { signalsOnRedis } from './signals-on-redis';

export type OpenSignals = Signals & { readonly close: () => Promise<void> };

/**
 * Signals by way of what keeps the queues. Connections are made when they are needed, and again when they were lost;
 * what fails meanwhile is logged sparingly.
 */
export const openSignals = (store: QueueStore): OpenSignals =>
  'redisUrl' in store ? signalsOnRedis(store.redisUrl) : signalsOnPostgres(store.databaseUrl);
