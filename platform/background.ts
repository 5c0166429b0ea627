import { setImmediate } from 'node:timers/promises';
import { logSparingly } from './log-sparingly';

/** More at once are left out: they would only pile up. */
const mostAtOnce = 50;

/**
 * Work that an answer does not wait for, because its time would tell something, or because the answer does not depend
 * on it. It may be lost: when the process dies, when it fails, and when there is too much of it.
 *
 * @param what is logged when some of it was lost.
 */
export const createBackground = (what: string) => {
  const report = logSparingly(what);
  const running = new Set<Promise<void>>();
  return {
    run: (work: () => Promise<unknown>): void => {
      if (running.size >= mostAtOnce) {
        report(new Error('too much at once'));
        return;
      }
      // Not before the answer is on its way.
      const done: Promise<void> = setImmediate()
        .then(work)
        .then(() => {}, report)
        .finally(() => running.delete(done));
      running.add(done);
    },
    /** Waits for what is under way. */
    settled: async (): Promise<void> => {
      await Promise.all(running);
    },
  };
};
