import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { fromRoot } from '../../platform/project-root';

/** What a container has from its image and its engine, a process has from the machine. */
const fromMachine = ['PATH', 'HOME', 'TMPDIR', 'LANG', 'TZ', 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS'];

type Options = {
  /** As in docker-compose.yml: `node`, the file from the project's folder, its arguments. */
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly folder: string;
  readonly stopGraceMs: number;
  /** Told each line of output. */
  readonly onLine: (line: string) => void;
};

export type ServiceProcess = {
  readonly pid: number | undefined;
  /** How it ended, with its last output written: an exit code or the name of a signal. */
  readonly ended: Promise<number | string>;
  /** Asks it to end, and insists when its time is up. */
  readonly end: () => Promise<void>;
};

/** Starts a service of docker-compose.yml as a process of this machine, which ends with us at the latest. */
export const startService = (options: Options): ServiceProcess => {
  const [program, file = '', ...parameters] = options.command;
  if (program !== 'node') {
    throw new Error(`docker-compose.yml: o comando "${options.command.join(' ')}" deve começar por node.`);
  }
  const inherited = Object.entries(process.env).filter(([name]) => fromMachine.includes(name));
  const child = spawn(
    process.execPath,
    ['--require', require.resolve('./end-with-parent'), fromRoot(file), ...parameters],
    {
      // Not the project's folder: a .env there is for whoever starts this, and no container sees it.
      cwd: options.folder,
      env: { ...Object.fromEntries(inherited), ...options.environment },
      // A Ctrl-C goes to the whole group of the terminal, and services end in order.
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    },
  );
  for (const output of [child.stdout, child.stderr] as Readable[]) {
    createInterface({ input: output }).on('line', options.onLine);
  }
  const ended = new Promise<number | string>((resolve) => {
    child.once('close', (code, signal) => resolve(code ?? signal ?? ''));
    child.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
  });
  return {
    pid: child.pid,
    ended,
    end: async () => {
      child.kill('SIGTERM');
      const insist = setTimeout(() => child.kill('SIGKILL'), options.stopGraceMs);
      await ended;
      clearTimeout(insist);
    },
  };
};
