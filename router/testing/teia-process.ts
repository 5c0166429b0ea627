import { type ChildProcess, spawn } from 'node:child_process';
import { fromRoot } from '../../platform/project-root';

const patienceMs = 100_000;

/** Settings of the process that runs the tests must not reach the one under test. */
const cleanEnvironment = (): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(TEIA_|OTEL_|DATABASE_|SUBGRAPH|REDIS_URL$|NODE_ENV$)|PORT$/.test(name),
    ),
  );

/** Teia as `npm start` runs it, or another program, in a process of its own, on a port that the system picks. */
export const teiaProcess = (
  settings: NodeJS.ProcessEnv,
  program = 'router/main.js',
  options: readonly string[] = [],
) => {
  const child: ChildProcess = spawn(process.execPath, [fromRoot('dist', program), ...options], {
    env: { ...cleanEnvironment(), PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout?.on('data', (chunk) => {
    output += chunk;
  });
  child.stderr?.on('data', (chunk) => {
    errors += chunk;
  });
  const ended = new Promise<number | null>((resolve) => {
    child.on('close', (code) => resolve(code));
  });

  const until = async (pattern: RegExp): Promise<RegExpExecArray> => {
    const deadline = Date.now() + patienceMs;
    for (;;) {
      const found = pattern.exec(output);
      if (found) return found;
      const isOver = child.exitCode !== null || child.signalCode !== null;
      if (isOver || Date.now() > deadline) {
        throw new Error(`never printed ${pattern}:\n${output}${errors}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  return {
    /** The address of the graph, once it is ready. */
    url: async (): Promise<string> => (await until(/Teia em (http[^\s"]+)/))[1]!,
    until,
    output: () => output,
    errors: () => errors,
    ended,
    /** Sends a signal and waits for the end; answers the exit code. */
    end: (signal: NodeJS.Signals): Promise<number | null> => {
      child.kill(signal);
      return ended;
    },
  };
};
