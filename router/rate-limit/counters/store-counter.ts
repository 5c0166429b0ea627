import { createHash } from 'node:crypto';
import type { RateLimiterStoreAbstract } from 'rate-limiter-flexible';
import type { Counter, Slot } from './counter';

type Store = Pick<RateLimiterStoreAbstract, 'penalty' | 'get'>;

/** Addresses and ids leave the process as a digest only. */
const keyOf = ({ key, index }: Slot): string =>
  `${createHash('sha256').update(key).digest('base64url')}:${index}`;

/** Counts in a store of rate-limiter-flexible, together with whoever else counts there. */
export const createStoreCounter = (store: Store): Counter => ({
  add: async (slot, points) => {
    // The window is looked at for as long as the next one lasts.
    const customDuration = (2 * slot.windowMs) / 1_000;
    return (await store.penalty(keyOf(slot), points, { customDuration })).consumedPoints;
  },
  read: async (slot) => (await store.get(keyOf(slot)))?.consumedPoints ?? 0,
});
