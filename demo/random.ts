/** Answers the same sequence for the same seed, on every machine (mulberry32). */
export const createRandom = (seed: number) => {
  let state = seed;
  /** At least 0, below 1. */
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  /** From `from` to `to`, both included. */
  const integer = (from: number, to: number): number => from + Math.floor(next() * (to - from + 1));
  return {
    integer,
    chance: (probability: number): boolean => next() < probability,
    pick: <Item>(items: readonly Item[]): Item => items[integer(0, items.length - 1)]!,
    /** The earlier an item stands, the more often it comes up, as with names and cities in life. */
    pickEarly: <Item>(items: readonly Item[]): Item => items[Math.floor(next() * next() * items.length)]!,
    /** A text of so many of these characters. */
    text: (length: number, characters: string): string =>
      Array.from({ length }, () => characters[integer(0, characters.length - 1)]).join(''),
  };
};

export type Random = ReturnType<typeof createRandom>;
