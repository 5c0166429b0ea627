import { Client } from 'pg';
import { explainConnection } from '../explain-connection';

/** Values are written the same way whatever the server's settings, and nothing is cut short however long it takes. */
const settings = {
  DateStyle: 'ISO',
  IntervalStyle: 'iso_8601',
  TimeZone: 'UTC',
  bytea_output: 'hex',
  extra_float_digits: '1',
  // Rather an error than a backup without the rows that somebody may not see.
  row_security: 'off',
  statement_timeout: '0',
  idle_in_transaction_session_timeout: '0',
  idle_session_timeout: '0',
  transaction_timeout: '0',
  lock_timeout: '30s',
};

const connectForBackup = async (url: string, role?: string): Promise<Client> => {
  const options = Object.entries(role ? { ...settings, role } : settings);
  const client = new Client({
    connectionString: url,
    options: options.map(([name, value]) => `-c ${name}=${value}`).join(' '),
    application_name: 'teia-copia',
    keepAlive: true,
  });
  // Whatever is under way on a connection that is lost fails by itself.
  client.on('error', () => undefined);
  await client.connect();
  return client;
};

/**
 * Connects to several databases, does something on all connections, and ends them whatever became of it.
 *
 * @param role whose rights the work has, instead of the administrator's own.
 */
export const withConnections = async <Result>(
  urls: readonly string[],
  work: (clients: readonly Client[]) => Promise<Result>,
  role?: string,
): Promise<Result> => {
  const clients: Client[] = [];
  try {
    for (const url of urls) {
      clients.push(await explainConnection('DATABASE_ADMIN_URL', () => connectForBackup(url, role)));
    }
    return await work(clients);
  } finally {
    await Promise.all(clients.map((client) => client.end().catch(() => undefined)));
  }
};
