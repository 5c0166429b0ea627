import { setTimeout as sleep } from 'node:timers/promises';

type Repeated = {
  /** From the end of one round to the beginning of the next. */
  readonly everyMs: number;
  /** Told what the work threw; the next round comes all the same. */
  readonly onError: (error: unknown) => void;
};

/**
 * Does some work in the background again and again, now for the first time. It keeps no process alive.
 *
 * @param work is given a signal that tells it to come to an end.
 * @returns how to stop, which waits for the work under way.
 */
export const runEvery = (
  { everyMs, onError }: Repeated,
  work: (signal: AbortSignal) => Promise<void>,
): (() => Promise<void>) => {
  const controller = new AbortController();
  const { signal } = controller;
  const rounds = async () => {
    while (!signal.aborted) {
      await work(signal).catch(onError);
      // It rejects when there is no next round to wait for.
      await sleep(everyMs, undefined, { signal, ref: false }).catch(() => {});
    }
  };
  const done = rounds();
  return async () => {
    controller.abort();
    await done;
  };
};
