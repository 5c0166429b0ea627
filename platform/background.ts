import { setImmediate } from 'node:timers/promises';
import { logSparingly } from './log-sparingly';

/** More at once are left out, unless told otherwise: they would only pile up. */
const usuallyAtOnce = 50;

/**
 * Work that an answer does not wait for, because its time would tell something, or because the answer does not depend
 * on it. It may be lost: when the process dies, when it fails, and when there is too much of it.
 *
 * @param what is logged when some of it was lost.
 * @param mostAtOnce how much of it may be under way or waiting.
 */
export const createBackground = (what: string, mostAtOnce = usuallyAtOnce) => {
  const report = logSparingly(what);
  const running = new Set<Promise<void>>();
  return {
    /** @returns whether it is taken on; it may fail all the same. */
    run: (work: () => Promise<unknown>): boolean => {
      if (running.size >= mostAtOnce) {
        report(new Error('too much at once'));
        return false;
      }
      // Not before the answer is on its way.
      const done: Promise<void> = setImmediate()
        .then(work)
        .then(() => {}, report)
        .finally(() => running.delete(done));
      running.add(done);
      return true;
    },
    /** Waits for what is under way. */
    settled: async (): Promise<void> => {
      await Promise.all(running);
    },
  };
};

/** Lets what is given to it wait for what was given before: requests need the connections more. */
export const oneAfterTheOther = () => {
  let last: Promise<unknown> = Promise.resolve();
  return (work: () => Promise<unknown>): Promise<unknown> => {
    last = last.then(work, work);
    return last;
  };
};
