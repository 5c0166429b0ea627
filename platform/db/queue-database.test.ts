import { createTestDatabase } from '../testing/test-database';
import { withClient } from '../testing/with-client';
import { areQueuesMigrated, migrateQueues } from './queue-database';

const areReady = (url: string, queues: readonly string[] = ['teia-vendas']) =>
  withClient(url, (client) => areQueuesMigrated(client, queues));

describe('the database of the queues', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  beforeAll(async () => {
    database = await createTestDatabase('filas');
  });
  afterAll(() => database.drop());

  it('is brought up to date by several starts at once, and again', async () => {
    const migrate = () => migrateQueues(database.adminUrl, ['teia-vendas', 'teia-tarefas']);
    await Promise.all([migrate(), migrate(), migrate()]);
    await migrate();
    expect(await areReady(database.url, ['teia-vendas', 'teia-tarefas'])).toBe(true);
  });

  it('is known to lack what was never made', async () => {
    const other = await createTestDatabase('clientes');
    expect(await areReady(other.url)).toBe(false);
    await other.drop();
  });

  it('is known to be older than this version', async () => {
    const other = await createTestDatabase('filas');
    await withClient(other.adminUrl, (admin) =>
      admin.query('DELETE FROM bullmq.migration WHERE version = (SELECT max(version) FROM bullmq.migration)'),
    );
    expect(await areReady(other.url)).toBe(false);
    await other.drop();
  });

  it('is known to lack a queue that came with a new consumer, which the application may not make', async () => {
    const other = await createTestDatabase('filas');
    expect(await areReady(other.url, [])).toBe(true);
    const queues = ['teia-vendas', `teia-${'Nova Área "x"'.repeat(20)}`];
    expect(await areReady(other.url, queues)).toBe(false);
    await migrateQueues(other.adminUrl, queues);
    expect(await areReady(other.url, queues)).toBe(true);
    await other.drop();
  });

  it.each([
    'CREATE TABLE bullmq.minha (id int)',
    'CREATE SEQUENCE bullmq.minha',
    'CREATE TABLE public.minha (id int)',
    'CREATE SCHEMA minha',
    'DROP TABLE bullmq.job',
    'ALTER TABLE bullmq.job ADD COLUMN minha int',
    'TRUNCATE bullmq.job',
    'UPDATE bullmq.migration SET min_client_version = 999',
    'DELETE FROM bullmq.migration',
    'SET ROLE teia_dono',
  ])('lets the application not %s', async (sql) => {
    await withClient(database.url, async (application) => {
      await expect(application.query(sql)).rejects.toMatchObject({ code: '42501' });
    });
  });
});
