import { createHash } from 'node:crypto';
import type { KeyValueCache } from '@apollo/utils.keyvaluecache';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { logSparingly } from '../../platform/log-sparingly';
import type { Kind } from './bounds';

/** Nobody's question waits longer for Redis: the subgraphs know the answer too. In milliseconds. */
const patience = 100;
/** For how long nobody asks a Redis that did not answer, in milliseconds. */
const pause = 1_000;

const places = 2_048;

const placeOf = (key: string): string =>
  String(createHash('sha256').update(key).digest().readUInt32BE() % places);

const entry = z.tuple([z.string(), z.string()]);

/**
 * A cache that routers share, in the Redis that also keeps the queues. That one must evict nothing, and anybody may
 * have something kept here; so each key has one of 2,048 places of its kind, and takes it from whatever was there: 128 MB
 * of answers at most and 20 MB of texts, whatever clients send. While Redis does not answer, nothing is in it.
 */
export const cacheInRedis = (
  url: string,
  { name, longest }: Kind,
): KeyValueCache & { readonly close: () => Promise<void> } => {
  const redis = new Redis(url, {
    retryStrategy: (times) => Math.min(times * 200, 2_000),
    maxRetriesPerRequest: 0,
    enableOfflineQueue: false,
    commandTimeout: patience,
    keyPrefix: `teia:guardados:${name}:`,
  });
  const report = logSparingly('cache in Redis in trouble');
  redis.on('error', report);
  let pausedUntil = 0;

  const attempt = async <Result>(work: () => Promise<Result>): Promise<Result | undefined> => {
    if (performance.now() < pausedUntil) return undefined;
    try {
      return await work();
    } catch (error) {
      pausedUntil = performance.now() + pause;
      report(error);
      return undefined;
    }
  };

  return {
    get: (key) =>
      attempt(async () => {
        const found = await redis.get(placeOf(key));
        const [kept, value] = found ? entry.parse(JSON.parse(found)) : [];
        return kept === key ? value : undefined;
      }),
    set: async (key, value, { ttl } = {}) => {
      const kept = JSON.stringify([key, value]);
      if (!ttl || Buffer.byteLength(kept) > longest) return;
      await attempt(() => redis.set(placeOf(key), kept, 'EX', ttl));
    },
    delete: async (key) => {
      await attempt(() => redis.del(placeOf(key)));
    },
    close: async () => redis.disconnect(),
  };
};
