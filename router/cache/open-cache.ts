import type { KeyValueCache } from '@apollo/utils.keyvaluecache';
import type { Config } from '../../platform/config';
import type { OnClose } from '../../platform/run-process';
import { answers, type Kind, texts } from './bounds';
import { cacheInMemory } from './cache-in-memory';
import { cacheInRedis } from './cache-in-redis';

/** Where a router keeps the texts of operations, and answers. */
export type Caches = { readonly texts: KeyValueCache; readonly answers: KeyValueCache };

export const cachesInMemory = (): Caches => ({
  texts: cacheInMemory(texts),
  answers: cacheInMemory(answers),
});

/** In Redis, with all other routers, when there is one. */
export const openCaches = ({ REDIS_URL }: Pick<Config, 'REDIS_URL'>, onClose: OnClose): Caches => {
  if (!REDIS_URL) return cachesInMemory();
  const open = (kind: Kind): KeyValueCache => {
    const cache = cacheInRedis(REDIS_URL, kind);
    onClose(cache.close);
    return cache;
  };
  return { texts: open(texts), answers: open(answers) };
};
