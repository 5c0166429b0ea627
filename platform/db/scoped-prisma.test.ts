import { PrismaPg } from '@prisma/adapter-pg';
import { countStatements } from '../testing/count-statements';
import { testServer } from '../testing/test-server';
import { generatePrisma, type TestPrisma } from './prisma-fixture';
import { runInScope, type Scope } from './scope';
import { createScopedDatabase, createTenant, type ScopedDatabase } from './scope-fixture';
import type { ScopedPool } from './scoped-pool';
import { createScopedPrisma } from './scoped-prisma';

type Tenant = Awaited<ReturnType<typeof createTenant>>;
let db: ScopedDatabase;
let pool: ScopedPool;
let generated: Awaited<ReturnType<typeof generatePrisma>>;
let prisma: TestPrisma;
let ana: Tenant;
let bia: Tenant;
beforeAll(async () => {
  db = await createScopedDatabase(testServer());
  generated = await generatePrisma();
  pool = db.openPool({ max: 2 });
  prisma = createScopedPrisma(generated.PrismaClient, pool);
}, 30_000);
afterAll(async () => {
  await prisma.$disconnect();
  await db.stop();
  await generated.remove();
});
beforeEach(async () => {
  ana = await createTenant(db, 'Ana');
  bia = await createTenant(db, 'Bia');
});

const names = async (scope: Scope, from: Pick<TestPrisma, 'cliente'> = prisma): Promise<string[]> => {
  const rows = await runInScope(scope, () => from.cliente.findMany({ orderBy: { nome: 'asc' } }));
  return rows.map(({ nome }) => nome);
};

const find = ({ scope }: Tenant, { ids: [id = ''] }: Tenant, from: Pick<TestPrisma, 'cliente'> = prisma) =>
  runInScope(scope, () => from.cliente.findUnique({ where: { id } }));

test('each tenant reads its own rows, again and again, and nobody without a scope any', async () => {
  for (let round = 0; round < 4; round++) {
    expect(await names(ana.scope)).toEqual(['Ana']);
    expect(await names(bia.scope)).toEqual(['Bia']);
    expect(await names({ role: 'identidade' })).toEqual(expect.arrayContaining(['Ana', 'Bia']));
    await expect(prisma.cliente.findMany({})).rejects.toThrow('No database scope');
    await expect(prisma.$transaction((tx) => Promise.resolve(tx))).rejects.toThrow('No database scope');
  }
});

test('rows asked for in the same tick by several tenants go to those who own them', async () => {
  const found = await Promise.all([find(ana, ana), find(bia, ana), find(bia, bia), find(ana, bia)]);
  expect(found.map((row) => row?.nome ?? null)).toEqual(['Ana', null, 'Bia', null]);
});

test('this Prisma would mix the tenants of one tick, which is why batches are kept apart', async () => {
  const unguarded = new generated.PrismaClient({ adapter: new PrismaPg(pool) });
  const [, leaked] = await Promise.all([find(ana, ana, unguarded), find(bia, ana, unguarded)]);
  expect(leaked).toMatchObject({ nome: 'Ana' });
});

test('one tenant asking for several rows in one tick still costs one statement', async () => {
  const { scope, ids } = await createTenant(db, 'Alba', 'Alice', 'Amanda');
  const { result, texts } = await countStatements(() =>
    runInScope(scope, () => Promise.all(ids.map((id) => prisma.cliente.findUnique({ where: { id } })))),
  );
  expect(result.map((row) => row?.nome)).toEqual(['Alba', 'Alice', 'Amanda']);
  expect(texts).toHaveLength(1);
});

test('batches of several tenants in one tick run each for its own', async () => {
  const both = await Promise.all(
    [ana, bia].map(({ scope }) =>
      runInScope(scope, () => prisma.$transaction([prisma.cliente.findMany({}), prisma.cliente.count()])),
    ),
  );
  expect(both).toEqual([
    [[expect.objectContaining({ nome: 'Ana' })], 1],
    [[expect.objectContaining({ nome: 'Bia' })], 1],
  ]);
});

test('an interactive transaction commits for its tenant, in as many statements as it has', async () => {
  const { organizacaoId, scope } = ana;
  const { texts } = await countStatements(() =>
    runInScope(scope, () =>
      prisma.$transaction(async (tx) => {
        await tx.cliente.create({ data: { organizacaoId, nome: 'Alba' } });
        await tx.cliente.findUnique({ where: { id: bia.ids[0] ?? '' } });
      }),
    ),
  );
  expect(texts).toEqual([
    'BEGIN',
    expect.stringMatching(/^INSERT/),
    expect.stringMatching(/^SELECT/),
    'COMMIT',
  ]);
  expect(await names(scope)).toEqual(['Alba', 'Ana']);
});

test('an interactive transaction may choose its isolation', async () => {
  const isolation = await runInScope(ana.scope, () =>
    prisma.$transaction(
      async (tx) => await tx.$queryRaw`SELECT current_setting('transaction_isolation') AS isolation`,
      { isolationLevel: 'Serializable' },
    ),
  );
  expect(isolation).toEqual([{ isolation: 'serializable' }]);
});

test('transactions of many tenants in one tick keep apart, whatever is asked within', async () => {
  const work = ({ scope, organizacaoId, ids: [id = ''] }: Tenant, other: Tenant) =>
    runInScope(scope, () =>
      prisma.$transaction(async (tx) => {
        await tx.cliente.create({ data: { organizacaoId, nome: 'Nova' } });
        const [own, foreign] = await Promise.all([
          tx.cliente.findUnique({ where: { id } }),
          tx.cliente.findUnique({ where: { id: other.ids[0] ?? '' } }),
        ]);
        return [own?.nome, foreign, await tx.cliente.count()];
      }),
    );
  const turns = Array.from({ length: 10 }, (_, n) => n);
  const pairs = await Promise.all(turns.flatMap(() => [work(ana, bia), work(bia, ana)]));
  expect(pairs.map(([own, foreign]) => [own, foreign])).toEqual(
    turns.flatMap(() => [
      ['Ana', null],
      ['Bia', null],
    ]),
  );
});

test('what fails in a transaction undoes it and leaves nothing on the connection', async () => {
  const { organizacaoId, scope } = ana;
  const data = { organizacaoId, nome: 'Alba', documento: '1' };
  const twice = runInScope(scope, () =>
    prisma.$transaction(async (tx) => {
      await tx.cliente.create({ data });
      await tx.cliente.create({ data });
    }),
  );
  await expect(twice).rejects.toMatchObject({ code: 'P2002' });
  const foreign = runInScope(scope, () =>
    prisma.$transaction(async (tx) => {
      await tx.cliente.create({ data });
      await tx.cliente.create({ data: { ...data, organizacaoId: bia.organizacaoId } });
    }),
  );
  await expect(foreign).rejects.toThrow('row-level security');
  const thrown = runInScope(scope, () =>
    prisma.$transaction(async (tx) => {
      await tx.cliente.create({ data });
      throw new Error('mudei de ideia');
    }),
  );
  await expect(thrown).rejects.toThrow('mudei de ideia');
  expect(await names(scope)).toEqual(['Ana']);
  expect(await names(bia.scope)).toEqual(['Bia']);
});

test('a transaction that takes too long is undone, and its connection serves others', async () => {
  const { organizacaoId, scope } = ana;
  const slow = runInScope(scope, () =>
    prisma.$transaction(
      async (tx) => {
        await tx.cliente.create({ data: { organizacaoId, nome: 'Alba' } });
        await tx.$executeRaw`SELECT pg_sleep(0.3)`;
        await tx.cliente.count();
      },
      { timeout: 100 },
    ),
  );
  await expect(slow).rejects.toThrow(/timeout|expired|closed/i);
  expect(await Promise.all([names(scope), names(bia.scope), names(scope)])).toEqual([
    ['Ana'],
    ['Bia'],
    ['Ana'],
  ]);
});

test('an error outside of a transaction leaves nothing on the connection', async () => {
  const { organizacaoId, scope } = ana;
  const create = () => prisma.cliente.create({ data: { organizacaoId, nome: 'Alba', documento: '2' } });
  await runInScope(scope, create);
  await expect(runInScope(scope, create)).rejects.toMatchObject({ code: 'P2002' });
  expect(await names(bia.scope)).toEqual(['Bia']);
});
