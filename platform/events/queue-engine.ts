import {
  type BackendFactory,
  createPostgresBackend,
  createRedisBackend,
  type IQueueBackend,
  type PostgresPoolConfig,
  type RedisOptions,
} from 'bullmq';

/** Where the queues are kept: a Redis, or the PostgreSQL database of the queues, as the application's login. */
export type QueueStore = { readonly redisUrl: string } | { readonly databaseUrl: string };

type Backend = BackendFactory<IQueueBackend, object>;

/** How BullMQ reaches the store, to publish and to consume. */
type QueueEngine = { readonly publishing: Backend; readonly consuming: Backend };

const answerMs = 10_000;

const onRedis = (url: string): QueueEngine => {
  const backend =
    (settings: RedisOptions): Backend =>
    (name, options, kind) =>
      createRedisBackend(
        name,
        {
          ...options,
          prefix: 'teia',
          connection: { url, retryStrategy: (times) => Math.min(times * 200, 2_000), ...settings },
        } as Parameters<typeof createRedisBackend>[1],
        kind,
      );
  return {
    // Who publishes is told at once that Redis is away, and tries again; nothing piles up here meanwhile.
    publishing: backend({ enableOfflineQueue: false, commandTimeout: answerMs }),
    // Who consumes waits for as long as it takes, as BullMQ demands of workers.
    consuming: backend({ maxRetriesPerRequest: null }),
  };
};

const onPostgres = (connectionString: string): QueueEngine => {
  const backend =
    (settings: PostgresPoolConfig): Backend =>
    (name, options, kind) =>
      createPostgresBackend(
        name,
        {
          ...options,
          connection: {
            connectionString,
            connectionTimeoutMillis: answerMs,
            statement_timeout: answerMs,
            application_name: 'teia-filas',
            ...settings,
          },
        },
        kind,
      );
  return {
    publishing: backend({ max: 1 }),
    // What a crash forgets of claims and acknowledgements leads to another delivery, which is harmless, and not
    // waiting for the disk saves most of what a delivery costs.
    consuming: backend({ max: 2, options: '-c synchronous_commit=off' }),
  };
};

export const queueEngine = (store: QueueStore): QueueEngine =>
  'redisUrl' in store ? onRedis(store.redisUrl) : onPostgres(store.databaseUrl);
