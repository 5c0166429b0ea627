import { type Prisma, PrismaClient } from '../../prisma/clientes/client/client';
import { asGraphQLError, maskError } from '../subgraph/mask-error';
import { aCaller, aRequestInfo } from '../testing/callers';
import { freePort } from '../testing/free-port';
import { createTestDatabase } from '../testing/test-database';
import { queryOnce, withClient } from '../testing/with-client';
import { openDatabase } from './open-database';
import { runInScope } from './scope';
import { createUnitOfWork } from './unit-of-work';

let database: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  database = await createTestDatabase('clientes');
});
afterAll(() => database.drop());

const author = aCaller();

const openAt = (url: string) => {
  const { prisma, stop } = openDatabase<PrismaClient>(PrismaClient, url);
  const inTenant = <Result>(work: () => Promise<Result>) =>
    runInScope({ role: 'inquilino', organizacaoId: author.organizacaoId }, work);
  const unitOfWork = createUnitOfWork({
    db: prisma,
    repositories: (tx: Prisma.TransactionClient) => ({ tx }),
    author,
    info: aRequestInfo(),
    environment: { agora: () => new Date(), novoId: () => author.usuarioId, aleatorio: Buffer.alloc },
  });
  return {
    stop,
    read: () => inTenant(() => prisma.cliente.count()),
    sleep: (seconds: number) => inTenant(() => prisma.$queryRaw`SELECT pg_sleep(${seconds})::text`),
    write: (seconds: number) =>
      inTenant(() =>
        unitOfWork(async ({ tx }) => {
          await tx.$queryRaw`SELECT pg_sleep(${seconds})::text`;
          return { id: author.usuarioId };
        }),
      ),
  };
};

/** What whoever asks is answered. */
const answered = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return error && maskError(asGraphQLError(error), 'clientes', aRequestInfo()).extensions;
};

const away = { code: 'SUBGRAPH_UNAVAILABLE' };
const busy = { code: 'SUBGRAPH_UNAVAILABLE', motivo: 'SOBRECARGA' };

const sessions = `SELECT count(*)::int AS many FROM pg_stat_activity
  WHERE datname = current_database() AND query LIKE '%pg_sleep(%' AND pid <> pg_backend_pid() AND state = 'active'`;

/** Waits until so many statements sleep in the database. */
const asleep = (many: number) =>
  withClient(database.adminUrl, async (admin) => {
    while ((await admin.query(sessions)).rows[0].many < many) await new Promise((go) => setTimeout(go, 10));
  });

const endAllSessions = () =>
  queryOnce(
    database.adminUrl,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid()`,
  );

it('says that it is unavailable when the server ends what is under way, and works on afterwards', async () => {
  const { read, sleep, write, stop } = openAt(database.url);
  const cut = [answered(sleep(30)), answered(write(30))];
  await asleep(2);
  await endAllSessions();
  expect(await Promise.all(cut)).toEqual([away, away]);
  await expect(read()).resolves.toBe(0);
  await stop();
});

it('says so when there is no server', async () => {
  const { read, write, stop } = openAt(database.url.replace(/:\d+\//, `:${await freePort()}/`));
  expect(await Promise.all([answered(read()), answered(write(0))])).toEqual([away, away]);
  await stop();
});

it('refuses what finds no connection, soon and without harm to what has one', async () => {
  const { read, sleep, write, stop } = openAt(database.url);
  const held = Array.from({ length: 10 }, () => answered(sleep(7)));
  await asleep(10);
  const refused = Array.from({ length: 300 }, (_, n) => answered(n % 10 === 0 ? write(0) : read()));
  expect(await Promise.all(refused)).toEqual(refused.map(() => busy));
  expect(await Promise.all(held)).toEqual(held.map(() => null));
  await expect(read()).resolves.toBe(0);
  await stop();
});
