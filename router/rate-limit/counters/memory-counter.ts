import { createHmac, randomBytes } from 'node:crypto';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { Counter, Slot } from './counter';

/** What is counted in one window. */
type Generation = { readonly index: number; readonly counts: RateLimiterMemory; keys: number };

/** More than one process answers within the windows in use, people or addresses; some 20 MB when they are all there. */
const usuallyAtMost = 50_000;

/** Those who come when there are too many share so many counts. */
const sharedCounts = 1_024;

/** Nobody can tell with whom an address of theirs would share a count. */
const secret = randomBytes(32);

const shareOf = (key: string): string =>
  `#${createHmac('sha256', secret).update(key).digest().readUInt32BE() % sharedCounts}`;

// It would set a timer for each key: here a window is forgotten as a whole.
const generation = (index: number): Generation => ({
  index,
  counts: new RateLimiterMemory({ points: 1, duration: 0 }),
  keys: 0,
});

/**
 * Counts in this process: the present window of each length and the one before, of which each holds so many keys, of
 * people and of addresses apart. Those who come after share what is left, so that nobody escapes the count by pushing
 * others out of memory.
 */
export const createMemoryCounter = (atMost = usuallyAtMost): Counter => {
  const windows = new Map<string, [present: Generation, previous: Generation]>();

  const find = ({ windowMs, index, ofAddresses }: Slot): Generation | undefined => {
    const name = `${windowMs} ${ofAddresses}`;
    let kept = windows.get(name) ?? [generation(index), generation(index - 1)];
    const [present] = kept;
    if (index > present.index) {
      kept = [generation(index), index === present.index + 1 ? present : generation(index - 1)];
    }
    windows.set(name, kept);
    return kept.find((each) => each.index === index);
  };
  const ownCount = async ({ counts }: Generation, key: string): Promise<number | undefined> =>
    (await counts.get(key))?.consumedPoints;

  return {
    add: async (slot, points) => {
      const found = find(slot);
      if (!found) return points;
      const isFull = found.keys >= atMost && (await ownCount(found, slot.key)) === undefined;
      const key = isFull ? shareOf(slot.key) : slot.key;
      const { consumedPoints, isFirstInDuration } = await found.counts.penalty(key, points);
      if (isFirstInDuration && !isFull) found.keys += 1;
      return consumedPoints;
    },
    read: async (slot) => {
      const found = find(slot);
      if (!found) return 0;
      const own = await ownCount(found, slot.key);
      return own ?? (found.keys >= atMost ? ((await ownCount(found, shareOf(slot.key))) ?? 0) : 0);
    },
  };
};
