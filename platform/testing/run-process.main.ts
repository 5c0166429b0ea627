import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError } from '../config';
import { type OnClose, runProcess } from '../run-process';

/** At once, so that it is read in the order in which it happened. */
const tell = (line: string) => writeSync(1, `${line}\n`);

let giveUp = (_: Error): void => undefined;

const steps: Record<string, (onClose: OnClose, what: string) => unknown> = {
  opens: (onClose, what) => onClose(async () => void tell(`closed ${what}`)),
  'opens-slow': (onClose, what) =>
    onClose(async () => {
      tell(`closing ${what}`);
      await sleep(200);
      tell(`closed ${what}`);
    }),
  'opens-stuck': (onClose, what) => onClose(() => Promise.reject(new Error(`${what} is stuck`))),
  /** Something without which the start cannot go on. */
  'opens-needed': (onClose, what) =>
    onClose(async () => {
      tell(`closed ${what}`);
      giveUp(new Error(`${what} is gone`));
    }),
  'hangs-until-closed': () =>
    new Promise((_, reject) => {
      giveUp = reject;
      tell('hanging');
    }),
  takes: async (_, ms) => {
    tell('under way');
    await sleep(Number(ms));
  },
  refuses: (_, what) => Promise.reject(new ConfigError(what)),
  fails: (_, what) => Promise.reject(new Error(what)),
  says: (_, what) => tell(what),
};

// Nothing else would keep it alive once it has started.
setInterval(() => undefined, 60_000);

/** A process whose start does what its arguments say: `opens=a takes=100`. */
runProcess({
  name: 'Ensaio',
  start: async (onClose) => {
    for (const argument of process.argv.slice(2)) {
      const [step = '', what = ''] = argument.split('=');
      await steps[step]!(onClose, what);
    }
  },
  present: () => void tell('serving'),
});
