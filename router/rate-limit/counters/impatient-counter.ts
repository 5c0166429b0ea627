import { bounded } from '../../../platform/bounded';
import { logSparingly } from '../../../platform/log-sparingly';
import type { Counter } from './counter';

type Options = {
  /** How long it may take to count, in milliseconds. */
  readonly patienceMs: number;
  /** For how long nobody tries again after it failed, in milliseconds. */
  readonly pauseMs: number;
};

/** Fails soon where a store is slow, and at once for a while after it failed: nobody is to wait for it in vain. */
export const createImpatientCounter = (store: Counter, { patienceMs, pauseMs }: Options): Counter => {
  const report = logSparingly('uses could not be counted together with other routers');
  let pausedUntil = 0;
  const attempt = async (work: () => Promise<number>): Promise<number> => {
    if (performance.now() < pausedUntil) throw new Error('the store of the limits rests after a failure');
    try {
      return await bounded('counting uses', patienceMs, work());
    } catch (error) {
      pausedUntil = performance.now() + pauseMs;
      report(error);
      throw error;
    }
  };
  return {
    add: (slot, points) => attempt(() => store.add(slot, points)),
    read: (slot) => attempt(() => store.read(slot)),
  };
};
