import { Client } from 'pg';
import { QUEUE_DATABASE } from '../../platform/db/queue-database';
import { createTestDatabase } from '../../platform/testing/test-database';
import { queryOnce } from '../../platform/testing/with-client';
import { describeCountingTogether } from './testing/counting-together';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase(QUEUE_DATABASE);
});
afterAll(() => database.drop());

const admin = (sql: string) => queryOnce<{ key: string }>(database.adminUrl, sql);

const hold = async () => {
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  await client.query('BEGIN; LOCK TABLE tentativa IN ACCESS EXCLUSIVE MODE');
  return () => client.end();
};

describeCountingTogether('PostgreSQL', () => ({
  store: { databaseUrl: database.url },
  breakDown: () => admin('ALTER TABLE tentativa RENAME TO longe'),
  mend: () => admin('ALTER TABLE longe RENAME TO tentativa'),
  hold,
}));

it('keeps no address and no id as it is', async () => {
  const rows = await admin('SELECT key FROM tentativa');
  expect(rows.length).toBeGreaterThan(0);
  for (const { key } of rows) expect(key).toMatch(/^uso:[\w-]{43}:\d+$/);
});
