const form = /^([1-9]\d{0,4})([smh])$/;

const msOf = { s: 1_000, m: 60_000, h: 3_600_000 };

/** A day, in milliseconds: what is to be remembered for longer does not belong into counters that may be lost. */
const longest = 24 * msOf.h;

/**
 * How long a window of time is, in milliseconds: `30s`, `1m`, `24h` at most.
 *
 * @returns null for what is no such text.
 */
export const readJanela = (text: string): number | null => {
  const [, number, unit] = form.exec(text) ?? [];
  const ms = Number(number) * msOf[unit as keyof typeof msOf];
  return ms <= longest ? ms : null;
};
