import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

const patienceMs = 60_000;

const canPin = (() => {
  try {
    execFileSync('taskset', ['--version'], { stdio: 'ignore' });
    return availableParallelism() > 1;
  } catch {
    return false;
  }
})();

/** The core of whatever is measured alone, and that of all the rest: client, subgraphs, PostgreSQL. */
export const cores = { measured: 1, rest: 0 } as const;

type Core = (typeof cores)[keyof typeof cores];

const moveTo = (list: string): boolean => {
  if (canPin) execFileSync('taskset', ['-a', '-cp', list, String(process.pid)]);
  return canPin;
};

/** Keeps this process, and what it starts unpinned, on the core of the rest. Answers whether it could. */
export const pinRest = (): boolean => moveTo(String(cores.rest));

/** Lets this process, and what it starts from now on, use the cores that there are for all. */
export const unpin = (): boolean => moveTo(`${cores.rest},${cores.measured}`);

/** Of all threads, to the nanosecond; Linux only, like all that is read from `/proc`. */
const cpuMsOf = (pid: number): number =>
  readdirSync(`/proc/${pid}/task`).reduce((sum, thread) => {
    const [nanoseconds] = readFileSync(`/proc/${pid}/task/${thread}/schedstat`, 'utf8').split(' ');
    return sum + Number(nanoseconds) / 1e6;
  }, 0);

/**
 * Memory of processes in bytes. What several share counts in parts (PSS): PostgreSQL's shared buffers would
 * otherwise count once for each connection.
 */
export const memoryOf = (pids: readonly number[]): number =>
  pids.reduce((sum, pid) => {
    try {
      const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
      return sum + Number(/^Pss:\s+(\d+)/m.exec(rollup)?.[1]) * 1024;
    } catch {
      return sum;
    }
  }, 0);

/** CPU time of each process so far, all its threads, in milliseconds; of those that have not ended. */
export const cpuOf = (pids: readonly number[]): ReadonlyMap<number, number> => {
  const times = new Map<number, number>();
  for (const pid of pids) {
    try {
      times.set(pid, cpuMsOf(pid));
    } catch {
      // It has ended.
    }
  }
  return times;
};

/** The milliseconds spent between two looks: of one that ended in between nothing is known. */
export const cpuSpent = (before: ReadonlyMap<number, number>, after: ReadonlyMap<number, number>): number =>
  [...after].reduce((sum, [pid, ms]) => sum + ms - (before.get(pid) ?? 0), 0);

export type Program = {
  readonly name: string;
  /** A JavaScript file and its arguments. */
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly core: Core;
  readonly cwd?: string;
  /** Answers true once the program can be used. */
  readonly isReady: () => Promise<boolean>;
  /** What it logs when it is not what is to be measured. */
  readonly unfit?: string;
};

export type ServerProcess = {
  readonly pid: number;
  /** Sends a message to the program, and waits for one from it. */
  readonly ask: (message: string) => Promise<unknown>;
  /** SIGKILL: as a crash, from one moment to the next. */
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Settings of whoever runs the bench must not reach what is measured. */
export const cleanEnvironment = (): NodeJS.ProcessEnv => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  NODE_ENV: 'production',
  APOLLO_TELEMETRY_DISABLED: '1',
});

const hasEnded = ({ exitCode, signalCode }: ChildProcess) => exitCode !== null || signalCode !== null;

/** Starts a Node program in a process of its own, on one core where that is possible. */
export const startProcess = async (program: Program): Promise<ServerProcess> => {
  const { name, args, env, core, cwd, isReady, unfit } = program;
  const command = [...(canPin ? ['taskset', '-c', String(core)] : []), process.execPath, ...args];
  // To a file: whoever read it here would pay for what the program logs.
  const folder = mkdtempSync(join(tmpdir(), 'teia-bench-'));
  const outputFile = join(folder, 'output');
  const output = openSync(outputFile, 'w');
  const child = spawn(command[0]!, command.slice(1), {
    env: { ...cleanEnvironment(), ...env },
    cwd,
    stdio: ['ignore', output, output, 'ipc'],
  });
  closeSync(output);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const kill = () => child.kill('SIGKILL');
  const abandon = () => {
    kill();
    rmSync(folder, { recursive: true, force: true });
  };
  process.once('exit', abandon);

  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    child.kill(signal);
    const tooLong = setTimeout(kill, 15_000);
    await ended;
    clearTimeout(tooLong);
    process.removeListener('exit', abandon);
    rmSync(folder, { recursive: true, force: true });
  };
  const stop = () => end('SIGTERM');

  const fail = async (what: string): Promise<never> => {
    const said = readFileSync(outputFile, 'utf8').slice(-4_000);
    await stop();
    throw new Error(`${name} ${what}:\n${said}`);
  };
  const deadline = Date.now() + patienceMs;
  while (!(await isReady().catch(() => false))) {
    if (hasEnded(child) || Date.now() > deadline) await fail('did not start');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  if (unfit && readFileSync(outputFile, 'utf8').includes(unfit)) await fail('is not what is to be measured');
  return {
    pid: child.pid!,
    ask: (message) =>
      new Promise((resolve) => {
        child.once('message', resolve);
        child.send(message);
      }),
    kill: () => end('SIGKILL'),
    stop,
  };
};
