import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { Writable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';

// Only its test kills a server, which must not outlive that test: when the pipe closes, its guard ends it.
const GUARDED = `
"$@" 3<&- & server=$!
(read -r _ <&3; kill -INT "$server") & exec 3<&-
wait "$server"`;

const patienceMs = 30_000;
/** How a shell says so. */
const notFound = 127;

type Program = {
  readonly command: readonly string[];
  /** The system user that runs it. */
  readonly user?: { readonly uid?: number; readonly gid?: number };
  readonly isReady: () => Promise<boolean>;
};

/**
 * A server that can be killed and started again where it was, with the files that it had.
 *
 * @throws Error when its program is not in the PATH, or does not get ready.
 */
export const startMortalServer = async ({ command, user = {}, isReady }: Program) => {
  let group: ChildProcess;

  const launch = (): void => {
    group = spawn('/bin/sh', ['-c', GUARDED, 'teia-mortal', ...command], {
      ...user,
      cwd: '/',
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      detached: true,
      stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    });
    const pipe = group.stdio[3] as Writable;
    pipe.on('error', () => undefined);
    group.once('exit', () => pipe.destroy());
  };
  const isGone = () => group.exitCode !== null || group.signalCode !== null;
  const ended = async (): Promise<void> => {
    if (!isGone()) await once(group, 'exit');
  };

  const start = async (): Promise<void> => {
    launch();
    for (let waited = 0; !(await isReady()); waited += 50) {
      if (group.exitCode === notFound) throw new Error(`${command[0]} is not in the PATH: install it`);
      if (waited > patienceMs) throw new Error(`never ready: ${command.join(' ')}`);
      await sleep(50);
      // What is left of the one that was killed may be in its way for a moment.
      if (isGone()) launch();
    }
  };

  await start();
  return {
    /** SIGKILL, to it and its guard; those that it started notice. */
    kill: async (): Promise<void> => {
      process.kill(-group.pid!, 'SIGKILL');
      await ended();
      // That was the end of its guard; its own may take a moment longer.
      while (await isReady()) await sleep(5);
    },
    start,
    stop: async (): Promise<void> => {
      (group.stdio[3] as Writable).destroy();
      await ended();
    },
  };
};
