import { Pool } from 'pg';
import { logSparingly } from '../log-sparingly';
import { tracePool } from './trace-pool';

/**
 * Connections to the database of the queues, as the application's login, for what can do without the disk: a crash of
 * the server may forget the last moments.
 *
 * @param answerMs how long to wait, in milliseconds: for a connection, and for an answer.
 */
export const openQueuePool = (databaseUrl: string, answerMs: number): Pool => {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: 4,
    connectionTimeoutMillis: answerMs,
    statement_timeout: answerMs,
    query_timeout: answerMs,
    application_name: 'teia-limites',
    options: '-c synchronous_commit=off',
  });
  // Without a listener a lost connection would end the process.
  pool.on('error', logSparingly('connection to the database of the queues lost'));
  return tracePool(pool);
};
