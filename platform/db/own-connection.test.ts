import { createTestDatabase } from '../testing/test-database';
import { until } from '../testing/until';
import { withClient } from '../testing/with-client';
import { type OwnConnection, onOwnConnection } from './own-connection';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeEach(async () => {
  database = await createTestDatabase('clientes');
});
afterEach(() => database.drop());

const onAnother = (sql: string) => withClient(database.adminUrl, (admin) => admin.query(sql));

const cut = () =>
  onAnother("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'teia-teste'");

/** Runs a work until the test says that it has seen enough. */
const during = async (
  work: (connection: OwnConnection) => Promise<void>,
  test: (current: () => OwnConnection | null) => Promise<void>,
) => {
  const { connection, stop } = onOwnConnection({
    databaseUrl: database.url,
    name: 'teia-teste',
    channel: 'teste',
    work,
  });
  try {
    await test(connection);
  } finally {
    await stop();
  }
};

const anHour = 3_600_000;

test('who waits is told at once that the connection is lost, and what the next one hears is for the next', async () => {
  const heard: string[] = [];
  let works = 0;
  const work = async ({ notified, signal }: OwnConnection) => {
    works += 1;
    const which = works;
    while (!signal.aborted) {
      const outcome = await notified(anHour).catch((error: Error) => error);
      heard.push(`${which}: ${outcome instanceof Error ? 'lost' : outcome}`);
      if (outcome instanceof Error) throw outcome;
    }
  };
  await during(work, async (current) => {
    for (let round = 1; round <= 3; round += 1) {
      await until(() => current() !== null && works === round);
      await onAnother('NOTIFY teste');
      await until(() => heard.includes(`${round}: true`));
      await cut();
    }
    await until(() => heard.length === 6);
  });
  expect(heard.slice(0, 6)).toEqual(['1: true', '1: lost', '2: true', '2: lost', '3: true', '3: lost']);
});

test('a notification that comes while nobody waits is heard by who waits next, once', async () => {
  const heard: boolean[] = [];
  const work = async ({ query, notified, signal }: OwnConnection) => {
    await onAnother('NOTIFY teste');
    await query('SELECT pg_sleep(0.05)');
    heard.push(await notified(anHour), await notified(1));
    while (!signal.aborted) await notified(anHour);
  };
  await during(work, async () => {
    await until(() => heard.length === 2);
  });
  expect(heard).toEqual([true, false]);
});

test('several may ask at once, and a statement that fails stops no other', async () => {
  const answers: unknown[] = [];
  const work = async ({ query, notified, signal }: OwnConnection) => {
    answers.push(
      ...(await Promise.allSettled([
        query('SELECT 1 AS n'),
        query('SELECT 1 / 0'),
        query('SELECT $1::int AS n', [3]),
      ])),
    );
    while (!signal.aborted) await notified(anHour);
  };
  await during(work, async () => {
    await until(() => answers.length === 3);
  });
  expect(answers).toMatchObject([
    { value: [{ n: 1 }] },
    { reason: { code: '22012' } },
    { value: [{ n: 3 }] },
  ]);
});
