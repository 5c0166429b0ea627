import type { KeyValueCache } from '@apollo/utils.keyvaluecache';
import type { Config } from '../../platform/config';
import type { OnClose } from '../../platform/run-process';
import { cacheInMemory } from './cache-in-memory';
import { cacheInRedis } from './cache-in-redis';

/** Where the router keeps texts and answers: in Redis, with all other routers, when there is one. */
export const openCache = ({ REDIS_URL }: Pick<Config, 'REDIS_URL'>, onClose: OnClose): KeyValueCache => {
  if (!REDIS_URL) return cacheInMemory();
  const cache = cacheInRedis(REDIS_URL);
  onClose(cache.close);
  return cache;
};
