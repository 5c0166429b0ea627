import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError } from '../../platform/config';
import type { ServiceProcess } from './service-process';

/** As Docker restarts: at once, then later and later, and anew after some time without a fall. */
const FIRST_DELAY_MS = 100;
const LONGEST_DELAY_MS = 60_000;
const LONG_LIFE_MS = 10_000;
const POLL_MS = 50;
/** Longer than a first start takes on a slow machine. */
const READY_PATIENCE_MS = 120_000;

type Options = {
  readonly name: string;
  readonly start: () => ServiceProcess;
  /** Whether it can do its work. */
  readonly isReady: () => Promise<boolean>;
  /** Told in Portuguese what becomes of it. */
  readonly onStep: (step: string) => void;
};

/** Starts a service, and once it was ready starts it again whenever it ends by itself. */
export const keepRunning = ({ name, start, isReady, onStep }: Options) => {
  const begin = () => {
    const process = start();
    onStep(`${name}: processo ${process.pid}`);
    return process;
  };
  const stopping = new AbortController();
  let service = begin();

  const untilReady = async (): Promise<void> => {
    let end: number | string | undefined;
    const ended = service.ended.then((how) => {
      end = how;
    });
    const deadline = Date.now() + READY_PATIENCE_MS;
    while (!(await isReady())) {
      // It has said why itself, in a line above.
      if (end !== undefined) throw new ConfigError(`${name} não iniciou (${end}).`);
      if (Date.now() > deadline) throw new ConfigError(`${name} não ficou pronto a tempo.`);
      await Promise.race([ended, sleep(POLL_MS)]);
    }
  };

  const watch = async (): Promise<void> => {
    for (let delay = FIRST_DELAY_MS; ; delay = Math.min(delay * 2, LONGEST_DELAY_MS)) {
      const begun = Date.now();
      const how = await service.ended;
      if (stopping.signal.aborted) return;
      if (Date.now() - begun > LONG_LIFE_MS) delay = FIRST_DELAY_MS;
      onStep(`${name} terminou (${how}); recomeça em ${delay} ms`);
      await sleep(delay, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      service = begin();
    }
  };

  const ready = untilReady();
  const watching = ready.then(watch, () => undefined);
  return {
    /** Rejects with a ConfigError when the service ends before it was ready for the first time, or never is. */
    ready,
    /** Ends it for good. */
    stop: async () => {
      stopping.abort();
      await service.end();
      await watching;
    },
  };
};
