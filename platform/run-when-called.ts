import { setTimeout as sleep } from 'node:timers/promises';

type Repeated = {
  /** How long to wait for a call, from the end of one round to the beginning of the next. */
  readonly everyMs: number;
  /** Told what the work threw; the next round comes all the same. */
  readonly onError: (error: unknown) => void;
};

/**
 * Does some work in the background now, whenever it is called, and from time to time without a call. One round runs at
 * a time; a call that comes in its midst brings on another. It keeps no process alive.
 *
 * @param work is given a signal that tells it to come to an end.
 */
export const runWhenCalled = (
  { everyMs, onError }: Repeated,
  work: (signal: AbortSignal) => Promise<void>,
) => {
  const ending = new AbortController();
  let nap = new AbortController();
  const rounds = async () => {
    while (!ending.signal.aborted) {
      nap = new AbortController();
      const woken = AbortSignal.any([nap.signal, ending.signal]);
      await work(ending.signal).catch(onError);
      await sleep(everyMs, undefined, { signal: woken, ref: false }).catch(() => {});
    }
  };
  const done = rounds();
  return {
    call: () => nap.abort(),
    /** Waits for the round under way. */
    stop: async () => {
      ending.abort();
      await done;
    },
  };
};
