import { QUEUE_DATABASE } from '../db/queue-database';
import { createTestDatabase } from '../testing/test-database';
import { queryOnce } from '../testing/with-client';
import { lostSignals, signalsContract } from './testing/signals-contract';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase(QUEUE_DATABASE);
});
afterAll(() => database.drop());

const cut = `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
  WHERE datname = current_database() AND application_name = 'teia-sinais'`;

describe('signals by PostgreSQL', () => {
  signalsContract(() => ({
    store: { databaseUrl: database.url },
    interrupt: async () => {
      await queryOnce(database.adminUrl, cut);
    },
  }));
  lostSignals({ databaseUrl: 'postgres://teia:segredo@127.0.0.1:1/teia_filas' });
});
