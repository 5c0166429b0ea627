/** The same numbers for the same seed (mulberry32). */
export const createRandom = (seed: number) => {
  let state = seed >>> 0;
  const fraction = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    /** A whole number from 0 up to, and without, `limit`. */
    below: (limit: number): number => Math.floor(fraction() * limit),
    happens: (probability: number): boolean => fraction() < probability,
    oneOf: <Item>(items: readonly Item[]): Item => items[Math.floor(fraction() * items.length)] as Item,
  };
};

export type Random = ReturnType<typeof createRandom>;
