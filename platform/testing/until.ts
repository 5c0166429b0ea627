import { setTimeout as sleep } from 'node:timers/promises';

const patienceMs = 30_000;

/**
 * Looks again and again until something is so.
 *
 * @returns what was found.
 * @throws Error when half a minute was not enough.
 */
export const until = async <Found>(look: () => Found | false | Promise<Found | false>): Promise<Found> => {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found !== false) return found;
    if (Date.now() > deadline) throw new Error(`it never came to that: ${look}`);
    await sleep(20);
  }
};
