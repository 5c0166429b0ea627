import { Pool } from 'pg';

const answerMs = 1_000;

/**
 * Notifies whoever listens in a database, over a connection of its own that is made when it is needed.
 *
 * @param onError told when the connection is lost while nothing is under way.
 */
export const createNotifier = (databaseUrl: string, onError: (error: unknown) => void) => {
  const pool = new Pool({
    connectionString: databaseUrl,
    application_name: 'teia-sinais',
    max: 1,
    connectionTimeoutMillis: answerMs,
    query_timeout: answerMs,
  });
  pool.on('error', onError);
  return {
    /** @throws Error within two seconds when it could not be sent. */
    notify: async (channel: string): Promise<void> => {
      await pool.query('SELECT pg_notify($1, $2)', [channel, '']);
    },
    close: () => pool.end(),
  };
};
