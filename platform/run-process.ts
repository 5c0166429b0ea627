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

/**
 * Runs a process from its start to its end: SIGINT and SIGTERM let what is in flight finish and close what was
 * opened; a start that fails does the same and exits with 1, after a line for each setting that is wrong.
 */
export const runProcess = <Started>({ name, start, present }: Process<Started>): void => {
  const opened: (() => Promise<void>)[] = [];

  const drain = async () => {
    for (const close of opened.splice(0).reverse()) await close();
  };

  const fail = async (error: unknown) => {
    if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
    else log.fatal({ erro: describeError(error) }, `${name} não iniciou.`);
    await drain().catch((cause: unknown) => log.error({ erro: describeError(cause) }, 'Falha ao encerrar.'));
    process.exit(1);
  };

  const starting = start((close) => opened.push(close));
  starting.then(present).catch(fail);

  /** A second signal finds no handler and ends the process at once; the next start copes. */
  const stop = async () => {
    log.info('Encerrando: as requisições em andamento terminam primeiro.');
    await starting;
    await drain();
    process.exit(0);
  };

  process.once('SIGINT', () => void stop().catch(fail));
  process.once('SIGTERM', () => void stop().catch(fail));
};
