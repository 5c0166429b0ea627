import { describeError, log } from './log';

const intervalMs = 30_000;

/** Warns of a failure that repeats itself: of the first, and then of one every 30 s with the number left out. */
export const logSparingly = (message: string) => {
  let silentUntil = 0;
  let omitted = 0;
  return (error: unknown): void => {
    if (Date.now() < silentUntil) {
      omitted += 1;
      return;
    }
    log.warn({ erro: describeError(error), omitidos: omitted }, message);
    silentUntil = Date.now() + intervalMs;
    omitted = 0;
  };
};
