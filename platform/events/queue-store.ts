import type { Config } from '../config';
import { databaseName, databaseUrl } from '../db/provision';
import { QUEUE_DATABASE } from '../db/queue-database';
import type { QueueStore } from './queue-engine';

/**
 * Where the queues are by the settings; null where they name nothing. Whoever has neither a Redis nor a PostgreSQL of its
 * own runs one process: the embedded database serves no other.
 */
export const queueStoreOf = ({
  REDIS_URL: redisUrl,
  DATABASE_URL: appUrl,
}: Pick<Config, 'REDIS_URL' | 'DATABASE_URL'>): QueueStore | null => {
  if (redisUrl) return { redisUrl };
  return appUrl ? { databaseUrl: databaseUrl(appUrl, databaseName(appUrl, QUEUE_DATABASE)) } : null;
};
