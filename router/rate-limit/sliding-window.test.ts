import fc from 'fast-check';
import { createBatchedCounter } from './counters/batched-counter';
import type { Counter, Slot } from './counters/counter';
import { createInsuredCounter } from './counters/insured-counter';
import { createMemoryCounter } from './counters/memory-counter';
import { createSlidingWindow, type Policy } from './sliding-window';

const windowMs = 60_000;
const policyOf = (max: number): Policy => ({ name: 'teste', max, windowMs });

/** A window over memory, at a time that the test sets. */
const scene = (max: number, counter: Counter = createMemoryCounter()) => {
  let now = 1_000 * windowMs;
  const take = createSlidingWindow(counter, () => now);
  return {
    now: () => now,
    wait: (ms: number) => {
      now += ms;
    },
    take: async (points = 1, key = 'ana') => (await take(policyOf(max), key, points)).standing,
  };
};

/** What somebody does: uses so many, so many milliseconds after the last time. */
const steps = fc.array(
  fc.record({ wait: fc.integer({ min: 0, max: windowMs }), points: fc.integer({ min: 1, max: 5 }) }),
  { minLength: 1, maxLength: 60 },
);

type Use = { readonly at: number; readonly points: number };

const sumOf = (uses: readonly Use[]): number => uses.reduce((sum, { points }) => sum + points, 0);

describe('a sliding window', () => {
  it('decides as one who writes every use down', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 20 }), steps, async (max, sequence) => {
        const { now, wait, take } = scene(max);
        const accepted: Use[] = [];
        for (const step of sequence) {
          wait(step.wait);
          const begin = now() - (now() % windowMs);
          const present = sumOf(accepted.filter(({ at }) => at >= begin));
          const previous = sumOf(accepted.filter(({ at }) => at >= begin - windowMs && at < begin));
          const carried = Math.floor((previous * (begin + windowMs - now())) / windowMs);
          const fits = present + carried + step.points <= max;
          const standing = await take(step.points);
          expect(standing.isRefused).toBe(!fits);
          if (fits) accepted.push({ at: now(), points: step.points });
          expect(standing.remaining).toBe(Math.max(max - present - carried - (fits ? step.points : 0), 0));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('lets nobody use more in any time than max, and in proportion to that time as much again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 5, max: 20 }), steps, async (max, sequence) => {
        const { now, wait, take } = scene(max);
        const accepted: Use[] = [];
        for (const step of sequence) {
          wait(step.wait / 20);
          if (!(await take(step.points)).isRefused) accepted.push({ at: now(), points: step.points });
        }
        for (const [index, { at }] of accepted.entries()) {
          for (const [upTo, last] of accepted.entries()) {
            const length = last.at - at;
            if (upTo < index || length >= windowMs) continue;
            const used = sumOf(accepted.slice(index, upTo + 1));
            expect(used).toBeLessThanOrEqual(max * (1 + length / windowMs) + 1);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('lets through what waited for as long as it was told, and nobody a millisecond earlier', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 5, max: 20 }), steps, async (max, sequence) => {
        const { wait, take } = scene(max);
        for (const step of sequence) {
          wait(step.wait / 20);
          const { isRefused, resetMs } = await take(step.points);
          if (!isRefused) continue;
          wait(resetMs - 1);
          expect((await take(step.points)).isRefused).toBe(true);
          wait(1);
          expect((await take(step.points)).isRefused).toBe(false);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('never refuses steady use below its rate', async () => {
    const { wait, take } = scene(60);
    for (let second = 0; second < 600; second++) {
      expect((await take()).isRefused).toBe(false);
      wait(1_020);
    }
  });

  it('forgets everything in two windows', async () => {
    const { wait, take } = scene(3);
    await take(3);
    wait(2 * windowMs);
    expect(await take(3)).toMatchObject({ isRefused: false, remaining: 0 });
  });

  it('refuses for ever what is more than the whole, and counts none of it', async () => {
    const { take } = scene(3);
    expect((await take(4)).isRefused).toBe(true);
    expect((await take(1_000_000)).resetMs).toBeGreaterThan(0);
    expect((await take(3)).isRefused).toBe(false);
  });

  it('counts each key and each policy by itself', async () => {
    const counter = createMemoryCounter();
    const take = createSlidingWindow(counter, () => 0);
    const used = async (name: string, key: string) =>
      (await take({ name, max: 1, windowMs }, key, 1)).standing.isRefused;
    expect(await used('a', 'x')).toBe(false);
    expect(await used('a', 'y')).toBe(false);
    expect(await used('b', 'x')).toBe(false);
    expect(await used('a', 'x')).toBe(true);
  });

  it('gives back what was taken', async () => {
    const take = createSlidingWindow(createMemoryCounter(), () => 0);
    const { giveBack } = await take(policyOf(3), 'ana', 3);
    await giveBack();
    expect((await take(policyOf(3), 'ana', 3)).standing.isRefused).toBe(false);
  });

  it('accepts no more than fit when all come at once', async () => {
    const { take } = scene(10);
    const all = await Promise.all(Array.from({ length: 100 }, () => take()));
    expect(all.filter(({ isRefused }) => !isRefused)).toHaveLength(10);
  });
});

describe('the memory of a process', () => {
  const slot = (key: string, index = 0): Slot => ({ key, windowMs, index, ofAddresses: false });

  it('holds so many keys, and those who come after share what is left', async () => {
    const counter = createMemoryCounter(100);
    for (let key = 0; key < 100; key++) await counter.add(slot(`conhecido ${key}`), 1);
    let most = 0;
    for (let key = 0; key < 20_000; key++) most = Math.max(most, await counter.add(slot(`novo ${key}`), 1));
    // A thousand counts for twenty thousand keys: everybody is counted, with others.
    expect(most).toBeGreaterThanOrEqual(20);
    expect(await counter.read(slot('novo 7'))).toBeGreaterThan(1);
    expect(await counter.add(slot('conhecido 7'), 1)).toBe(2);
    expect(await counter.read(slot('conhecido 8'))).toBe(1);
  });

  it('lets no number of addresses take the room of people', async () => {
    const counter = createMemoryCounter(10);
    for (let key = 0; key < 20_000; key++) await counter.add({ ...slot(`ip ${key}`), ofAddresses: true }, 1);
    for (let key = 0; key < 10; key++) expect(await counter.add(slot(`pessoa ${key}`), 1)).toBe(1);
  });

  it('is free again when the windows are over', async () => {
    const counter = createMemoryCounter(2);
    for (const key of ['a', 'b', 'c']) await counter.add(slot(key), 5);
    expect(await counter.read(slot('a', 0))).toBe(5);
    expect(await counter.add(slot('novo', 1), 1)).toBe(1);
    expect(await counter.read(slot('a', 0))).toBe(5);
    await counter.add(slot('novo', 2), 1);
    expect(await counter.read(slot('a', 0))).toBe(0);
    expect(await counter.add(slot('a', 0), 1)).toBe(1);
  });
});

describe('a count that others are told of', () => {
  it('remembers what it told of so many keys, and of no more', async () => {
    const told: string[] = [];
    const shared: Counter = {
      add: async ({ key }, points) => {
        told.push(key);
        return points;
      },
      read: async () => 0,
    };
    const counter = createBatchedCounter({ local: createMemoryCounter(), shared, batch: 1, atMost: 2 });
    const slot = (key: string, ofAddresses = true): Slot => ({ key, windowMs, index: 0, ofAddresses });
    for (const key of ['a', 'b', 'c', 'd']) expect(await counter.add(slot(key), 1)).toBe(1);
    await counter.add(slot('ana', false), 1);
    await counter.add(slot('a'), 1);
    expect(told).toEqual(['a', 'b', 'ana', 'a']);
  });
});

describe('a count with another to fall back on', () => {
  it('gives back where it counted, whether the store is there by then or not', async () => {
    const [kept, insurance] = [createMemoryCounter(), createMemoryCounter()];
    let isDown = false;
    const store: Counter = {
      add: async (slot, points) => {
        if (isDown) throw new Error('down');
        return kept.add(slot, points);
      },
      read: async (slot) => kept.read(slot),
    };
    const take = createSlidingWindow(createInsuredCounter(store, insurance), () => 0);
    const slot: Slot = { key: 'p ana', windowMs, index: 0, ofAddresses: false };
    const policy = { name: 'p', max: 10, windowMs };
    const counts = async () => [await kept.read(slot), await insurance.read(slot)];
    const inStore = await take(policy, 'ana', 2);
    isDown = true;
    const elsewhere = await take(policy, 'ana', 3);
    expect(await counts()).toEqual([2, 3]);
    await inStore.giveBack();
    expect(await counts()).toEqual([2, 3]);
    isDown = false;
    await elsewhere.giveBack();
    expect(await counts()).toEqual([2, 0]);
  });
});
