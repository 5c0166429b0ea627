import { Client } from 'pg';
import { createTestDatabase } from '../testing/test-database';
import { createDatabaseCheck } from './database-check';

test('tells whether the database answers, and again after its connection was lost', async () => {
  const database = await createTestDatabase('clientes');
  const { check, close } = createDatabaseCheck(database.url);
  await check();
  await Promise.all(Array.from({ length: 20 }, check));

  const admin = new Client(database.adminUrl);
  await admin.connect();
  const end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'teia-saude'";
  await admin.query(`${end} AND datname = current_database()`);
  await admin.query('SELECT pg_sleep(0.05)');
  await check();
  await admin.end();

  await database.drop();
  await expect(check()).rejects.toThrow();
  await close();
});

test('rejects when nobody is there', async () => {
  const { check, close } = createDatabaseCheck('postgres://a:b@127.0.0.1:1/c');
  await expect(check()).rejects.toThrow(/ECONNREFUSED/);
  await close();
});
