import { setTimeout as sleep } from 'node:timers/promises';
import { ConfigError } from './config';
import { describeError, log } from './log';

/** Registers how to close something that was opened; the last one opened is closed first. */
export type OnClose = (close: () => Promise<void>) => void;

type Process<Started> = {
  readonly name: string;
  /** Opens what the process needs and ends when it serves. What it throws ends the process. */
  readonly start: (onClose: OnClose) => Promise<Started>;
  /** What there is to do and say once it serves. */
  readonly present: (started: Started) => Promise<void> | void;
};

const signals = ['SIGINT', 'SIGTERM'] as const;

/** A Ctrl-C may come twice: from the terminal, and from npm, which passes its own on. */
const SAME_CTRL_C_MS = 1_000;
/** How long an end waits for a start that goes on, so as to close what it opens. */
const START_PATIENCE_MS = 30_000;

/**
 * Runs a process from its start to its end: SIGINT and SIGTERM let what is in flight finish and close what was
 * opened, also in the midst of the start; a start that fails does the same and exits with 1, after a line for each
 * setting that is wrong. So does an end in which something cannot be closed.
 */
export const runProcess = <Started>({ name, start, present }: Process<Started>): void => {
  const opened: (() => Promise<void>)[] = [];
  let isEnding = false;

  const closeOpened = async () => {
    for (let close = opened.pop(); close; close = opened.pop()) {
      try {
        await close();
      } catch (error) {
        process.exitCode = 1;
        log.error({ erro: describeError(error) }, 'Falha ao encerrar.');
      }
    }
  };

  const starting = start((close) => {
    opened.push(close);
    // It is closed with the rest, and the start goes no further.
    if (isEnding) throw new Error('the process is ending');
  });

  const end = async () => {
    isEnding = true;
    await closeOpened();
    await Promise.race([starting.catch(() => undefined), sleep(START_PATIENCE_MS)]);
    await closeOpened();
    process.exit();
  };

  starting
    .then((started) => (isEnding ? undefined : present(started)))
    .catch((error: unknown) => {
      // What it was using was closed under it.
      if (isEnding) return;
      process.exitCode = 1;
      if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
      else log.fatal({ erro: describeError(error) }, `${name} não iniciou.`);
      void end();
    });

  const stop = () => {
    if (isEnding) return;
    log.info('Encerrando: as requisições em andamento terminam primeiro.');
    // After that a signal finds no handler and ends the process at once; the next start copes.
    setTimeout(() => {
      for (const signal of signals) process.off(signal, stop);
    }, SAME_CTRL_C_MS).unref();
    void end();
  };
  for (const signal of signals) process.on(signal, stop);
};
