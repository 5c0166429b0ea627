import { QUEUE_DATABASE } from '../db/queue-database';
import { createTestDatabase } from '../testing/test-database';
import { until } from '../testing/until';
import { withClient } from '../testing/with-client';
import type { Limit, Limits } from './limits';
import { openLimits } from './open-limits';
import { memoryLimits } from './testing/memory-limits';

const limit = ({ name = 'teste', attempts = 3, window = 60 }: Partial<Limit> = {}): Limit => ({
  name: `${name}-${attempts}-${window}`,
  attempts,
  window,
});
const tooMany = { extensions: { code: 'RATE_LIMITED', motivo: 'MUITAS_TENTATIVAS' } };
const unavailable = { extensions: { code: 'SUBGRAPH_UNAVAILABLE' } };

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let limits: ReturnType<typeof openLimits>;
let others: ReturnType<typeof openLimits>;
beforeAll(async () => {
  database = await createTestDatabase(QUEUE_DATABASE);
  limits = openLimits({ databaseUrl: database.url });
  others = openLimits({ databaseUrl: database.url });
});
afterAll(async () => {
  await limits.close();
  await others.close();
  await database.drop();
});
beforeEach(() => withClient(database.adminUrl, (admin) => admin.query('TRUNCATE tentativa')));

/** How many of so many attempts at once were allowed. */
const allowed = async (many: number, attempt: () => Promise<void>): Promise<number> => {
  const outcomes = await Promise.allSettled(Array.from({ length: many }, attempt));
  return outcomes.filter(({ status }) => status === 'fulfilled').length;
};

const stores: [string, () => Limits][] = [
  ['memory', memoryLimits],
  ['PostgreSQL', () => limits],
];

describe.each(stores)('limits in %s', (_, open) => {
  it('allow so many attempts for each key, also at once, and then none', async () => {
    const counting = open();
    expect(await allowed(20, () => counting.attempt(limit(), 'ana'))).toBe(3);
    expect(await allowed(20, () => counting.attempt(limit(), 'bia'))).toBe(3);
    await expect(counting.attempt(limit(), 'ana')).rejects.toMatchObject(tooMany);
    await counting.attempt(limit({ name: 'outro' }), 'ana');
  });

  it('say in Portuguese how long to wait', async () => {
    const counting = open();
    const long = limit({ attempts: 1, window: 15 * 60 });
    await counting.attempt(long, 'ana');
    await expect(counting.attempt(long, 'ana')).rejects.toThrow(
      'Muitas tentativas. Tente de novo em 15 minutos.',
    );
    const short = limit({ name: 'curto', attempts: 1 });
    await counting.attempt(short, 'ana');
    await expect(counting.attempt(short, 'ana')).rejects.toThrow('Tente de novo em 1 minuto.');
  });

  it('end by themselves, however often it was tried meanwhile', async () => {
    const counting = open();
    const brief = limit({ attempts: 1, window: 1 });
    expect(await allowed(3, () => counting.attempt(brief, 'ana'))).toBe(1);
    await until(async () => (await allowed(1, () => counting.attempt(brief, 'ana'))) === 1);
  });

  it('forgive one attempt, or all of a key', async () => {
    const counting = open();
    expect(await allowed(3, () => counting.attempt(limit(), 'ana'))).toBe(3);
    await counting.forgive(limit(), 'ana', 'one');
    expect(await allowed(5, () => counting.attempt(limit(), 'ana'))).toBe(1);
    await counting.forgive(limit(), 'ana', 'all');
    expect(await allowed(5, () => counting.attempt(limit(), 'ana'))).toBe(3);
  });

  it.each(['', '🔑'.repeat(10_000), "'; DROP TABLE tentativa; --", 'a\u0000b'])(
    'take any key (%#)',
    async (key) => {
      const counting = open();
      expect(await allowed(5, () => counting.attempt(limit(), key))).toBe(3);
    },
  );
});

it('is counted by all processes together', async () => {
  await limits.attempt(limit(), 'ana');
  await others.attempt(limit(), 'ana');
  expect(await allowed(4, () => others.attempt(limit(), 'ana'))).toBe(1);
  await expect(limits.attempt(limit(), 'ana')).rejects.toMatchObject(tooMany);
});

it('keeps no key as it is', async () => {
  await limits.attempt(limit(), 'ana@exemplo.com');
  const { rows } = await withClient(database.adminUrl, (admin) => admin.query('SELECT * FROM tentativa'));
  expect(rows).toMatchObject([{ key: expect.stringMatching(/^teste-3-60:[\w-]{43}$/), points: 1 }]);
});

it('allows nothing while nobody counts, and goes on afterwards; to forgive in vain harms nobody', async () => {
  await limits.attempt(limit(), 'ana');
  const revoke = (sql: string) => withClient(database.adminUrl, (admin) => admin.query(sql));
  await revoke('ALTER TABLE tentativa RENAME TO longe');
  await expect(limits.attempt(limit(), 'ana')).rejects.toMatchObject(unavailable);
  await limits.forgive(limit(), 'ana', 'all');
  await revoke('ALTER TABLE longe RENAME TO tentativa');
  await limits.attempt(limit(), 'ana');
  const nowhere = openLimits({ databaseUrl: 'postgres://ninguem@127.0.0.1:1/nada' });
  await expect(nowhere.attempt(limit(), 'ana')).rejects.toMatchObject(unavailable);
  await nowhere.close();
});
