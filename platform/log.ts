import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';
import { nodeEnv } from './config';

export type Log = Logger;

const readable = () => pretty({ sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' });

/**
 * The process log: one JSON object a line in production, readable lines in development, silent in
 * tests. Log ids, names and timings; never values that a person typed, tokens or SQL parameters.
 */
export const log: Log =
  nodeEnv === 'production' ? pino() : pino({ level: nodeEnv === 'test' ? 'silent' : 'info' }, readable());

/** Database drivers and Prisma repeat values of the failing row or query in their messages. */
const mayQuoteData = (error: Error): boolean => 'code' in error || error.name.startsWith('Prisma');

/** What may be logged of an error: where it happened and of what kind, and no value that it quotes. */
export const describeError = (error: Error): Record<string, unknown> => {
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return {
    tipo: error.name,
    ...('code' in error && { codigo: error.code }),
    ...(!mayQuoteData(error) && { mensagem: error.message }),
    pilha: frames.join('\n'),
    ...(error.cause instanceof Error && { causa: describeError(error.cause) }),
  };
};
