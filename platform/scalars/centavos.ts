const largest = BigInt(Number.MAX_SAFE_INTEGER);

/** Cents from a JSON number: an integer of at most 2^53 - 1 in size, or null. */
export const parseCentavos = (input: unknown): bigint | null =>
  Number.isSafeInteger(input) ? BigInt(input as number) : null;

/** Cents as a JSON number, or null when they do not fit in one exactly. */
export const centavosToJson = (centavos: bigint): number | null =>
  centavos >= -largest && centavos <= largest ? Number(centavos) : null;
