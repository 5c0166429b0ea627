import { Pool } from 'pg';

const patienceMs = 2_000;

/**
 * Makes a check of whether a database answers. It has a connection of its own, so that a busy pool is not taken
 * for a database that is gone.
 */
export const createDatabaseCheck = (connectionString: string) => {
  const pool = new Pool({
    connectionString,
    max: 1,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
    application_name: 'teia-saude',
  });
  // Without a listener a lost connection would end the process; the next check tells.
  pool.on('error', () => {});
  return {
    /** Rejects when the database does not answer within 2 s. */
    check: async (): Promise<void> => {
      await pool.query('SELECT 1');
    },
    close: () => pool.end(),
  };
};
