import fc from 'fast-check';
import { createRandom } from './random';

const seeds = fc.integer();

test('the same seed gives the same, another one something else', () => {
  const draw = (seed: number) => createRandom(seed).text(40, 'abcdefgh');
  fc.assert(
    fc.property(seeds, (seed) => {
      expect(draw(seed)).toBe(draw(seed));
      expect(draw(seed)).not.toBe(draw(seed + 1));
    }),
  );
});

test('whole numbers stay within their bounds, which both come up', () => {
  fc.assert(
    fc.property(seeds, fc.integer({ min: -50, max: 50 }), fc.nat(5), (seed, from, width) => {
      const random = createRandom(seed);
      const drawn = Array.from({ length: 500 }, () => random.integer(from, from + width));
      expect(Math.min(...drawn)).toBe(from);
      expect(Math.max(...drawn)).toBe(from + width);
    }),
  );
});

test('what stands early comes up more often', () => {
  fc.assert(
    fc.property(seeds, (seed) => {
      const random = createRandom(seed);
      const drawn = Array.from({ length: 400 }, () => random.pickEarly(['first', 'last']));
      expect(drawn.filter((one) => one === 'first').length).toBeGreaterThan(250);
    }),
  );
});
