import { GraphQLError } from 'graphql';
import { type Logger, pino } from 'pino';
import pretty from 'pino-pretty';
import { nodeEnv } from './config';

export type Log = Logger;

const readable = () => pretty({ sync: true, ignore: 'pid,hostname', translateTime: 'SYS:HH:MM:ss' });

const secrets = ['authorization', 'cookie', 'senha', 'token', 'tokenAcesso', 'tokenRenovacao'];
const personal = [
  'email',
  'nome',
  'documento',
  'telefone',
  'ip',
  'userAgent',
  'variables',
  'variaveis',
  'query',
];

/**
 * What a careless line would hide, for pino: nothing of it is logged by intention. Whole lines and headers alone, since
 * paths with a wildcard make every line cost three times as much.
 */
export const redact = {
  paths: [...secrets, ...personal, 'headers.authorization', 'headers.cookie'],
  censor: '[oculto]',
};

/**
 * The process log: one JSON object a line in production, readable lines in development, silent in
 * tests. Log ids, names and timings; never values that a person typed, tokens or SQL parameters.
 */
export const log: Log =
  nodeEnv === 'production'
    ? pino({ redact })
    : pino({ level: nodeEnv === 'test' ? 'silent' : 'info', redact }, readable());

/**
 * Messages of the database (SQLSTATE) and of Prisma (P and four digits) repeat values of the row or query,
 * those of graphql-js whole arguments.
 */
const mayQuoteData = (error: Error): boolean =>
  ('code' in error && /^[0-9A-Z]{5}$/.test(String(error.code))) ||
  error.name.startsWith('Prisma') ||
  error instanceof GraphQLError;

/**
 * What may be logged of something thrown: where it happened and of what kind, and no value that it quotes. What is no
 * Error is somebody's answer, as the gateway throws those of subgraphs, and may say anything.
 */
export const describeError = (error: unknown): Record<string, unknown> => {
  if (!(error instanceof Error)) return { tipo: typeof error };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return {
    tipo: error.name,
    ...('code' in error && { codigo: error.code }),
    ...(!mayQuoteData(error) && { mensagem: error.message }),
    pilha: frames.join('\n'),
    ...(error.cause instanceof Error && { causa: describeError(error.cause) }),
  };
};
