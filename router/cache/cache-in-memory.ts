import { InMemoryLRUCache, type KeyValueCache } from '@apollo/utils.keyvaluecache';
import { longestValue } from './bounds';

/** Keeps what was used last: 10,000 values, 30 million characters together. */
export const cacheInMemory = (): KeyValueCache =>
  new InMemoryLRUCache({ max: 10_000, maxSize: 30_000_000, maxEntrySize: longestValue });
