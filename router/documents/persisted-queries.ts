import type { KeyValueCache } from '@apollo/utils.keyvaluecache';
import type { RegisteredOperations } from './registered';

/** In seconds; whoever comes later sends the text once more. */
const ttl = 24 * 60 * 60;

/**
 * Where Apollo Server finds the text of an operation of which a client sent only the hash: among the registered ones,
 * or else (automatic persisted queries) where it was kept when a client sent both.
 */
export const persistedQueries = (registered: RegisteredOperations, cache: KeyValueCache) => ({
  ttl,
  cache: {
    get: async (key: string) => registered.get(key.replace(/^apq:/, ''))?.text ?? (await cache.get(key)),
    set: cache.set.bind(cache),
    delete: cache.delete.bind(cache),
  },
});
