import { InMemoryLRUCache, type KeyValueCache } from '@apollo/utils.keyvaluecache';
import type { Kind } from './bounds';

/** Keeps what was used last: 10,000 values, and so many characters together as its kind says. */
export const cacheInMemory = ({ longest, total }: Kind): KeyValueCache =>
  new InMemoryLRUCache({ max: 10_000, maxSize: total, maxEntrySize: longest });
