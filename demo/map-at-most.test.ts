import { setTimeout } from 'node:timers/promises';
import fc from 'fast-check';
import { mapAtMost } from './map-at-most';

test('answers all in order, never working on more than the limit', () =>
  fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 10 }), fc.array(fc.nat()), async (limit, items) => {
      let working = 0;
      let most = 0;
      const results = await mapAtMost(limit, items, async (item, index) => {
        working += 1;
        most = Math.max(most, working);
        await Promise.resolve();
        working -= 1;
        return [item, index];
      });
      expect(results).toEqual(items.map((item, index) => [item, index]));
      expect(most).toBeLessThanOrEqual(limit);
    }),
  ));

test('after a failure it begins nothing more', async () => {
  const begun: number[] = [];
  const failing = mapAtMost(2, [0, 1, 2, 3, 4, 5], async (item) => {
    begun.push(item);
    await setTimeout(item);
    if (item === 0) throw new Error('zero');
  });
  await expect(failing).rejects.toThrow('zero');
  await setTimeout(10);
  expect(begun).toEqual([0, 1]);
});
