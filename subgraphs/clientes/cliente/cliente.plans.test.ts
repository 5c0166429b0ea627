import { Client } from 'pg';
import { v7 } from 'uuid';
import { runInScope } from '../../../platform/db/scope';
import { createScopedPrisma } from '../../../platform/db/scoped-prisma';
import { ExplainingPool } from '../../../platform/testing/explaining-pool';
import { createTestDatabase } from '../../../platform/testing/test-database';
import { PrismaClient } from '../../../prisma/clientes/client/client';
import { plantClientes } from '../testing/plant-clientes';
import type { ClienteFiltro, ClienteOrdem } from './cliente.input';
import { clienteOrders } from './cliente.orders';
import { createClienteRepository } from './cliente.repository';

const total = 5_000;
const pageSize = 20;
const organizacaoId = v7();

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let pool: ExplainingPool;
let repository: ReturnType<typeof createClienteRepository>;

beforeAll(async () => {
  database = await createTestDatabase('clientes');
  const admin = new Client(database.adminUrl);
  await admin.connect();
  await plantClientes(admin, organizacaoId, total);
  await plantClientes(admin, v7(), total);
  await admin.query('VACUUM ANALYZE');
  await admin.end();
  pool = new ExplainingPool({ connectionString: database.url });
  repository = createClienteRepository(createScopedPrisma<PrismaClient>(PrismaClient, pool), organizacaoId);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** The plan of a list, as the application's role: its one statement, explained with its own values. */
const planOf = async (filtro: Partial<ClienteFiltro>, ordem: ClienteOrdem, valor: string | null) => {
  pool.explained.length = 0;
  const from = valor === null ? null : { valor, id: v7() };
  await runInScope({ role: 'inquilino', organizacaoId }, () =>
    repository.listar({ ativo: true, ...filtro }, clienteOrders[ordem], {
      ordem,
      limit: pageSize,
      backward: false,
      from,
    }),
  );
  expect(pool.explained).toHaveLength(1);
  return pool.explained[0]?.plan ?? '';
};

/** The most rows that any node of the plan read or threw away. */
const rowsTouched = (plan: string): number =>
  Math.max(
    ...[...plan.matchAll(/actual time=\S+ rows=([\d.]+)|Rows Removed by Filter: (\d+)/g)].map(
      ([, read, removed]) => Number(read ?? removed),
    ),
  );

const now = new Date().toISOString();

it.each<[ClienteOrdem, string]>([
  ['NOME_ASC', 'joao'],
  ['NOME_DESC', 'joao'],
  ['CRIADO_EM_ASC', now],
  ['CRIADO_EM_DESC', now],
  ['ATUALIZADO_EM_ASC', '2000-01-01T00:00:00.000Z'],
  ['ATUALIZADO_EM_DESC', '2999-01-01T00:00:00.000Z'],
])('a page in the order %s starts in the index right where it begins', async (ordem, middle) => {
  for (const valor of [null, middle]) {
    const plan = await planOf({}, ordem, valor);
    expect(plan).toMatch(/Index Scan.* using cliente_organizacao_id_ativo_/);
    expect(rowsTouched(plan)).toBeLessThanOrEqual(pageSize + 1);
    if (valor) expect(plan).toMatch(/Index Cond: .*ROW\(/);
  }
});

it.each([
  'zwing',
  'zwing rariss',
  'silva zwing',
  `cliente${total - 1}@exemplo.com.br`,
  '10000000042',
  '11910000042',
])('a search for %j reads the index of terms and little of anything else', async (busca) => {
  const plan = await planOf({ busca }, 'NOME_ASC', null);
  expect(plan).toMatch(/Index Only Scan using termo_busca_pkey/);
  expect(plan).toMatch(/Index Cond: .*termo >= .*termo < /);
  expect(plan).not.toMatch(/Seq Scan/);
});

it('a rare word costs what it finds, beside a common one too', async () => {
  for (const busca of ['zwing', 'zwing rariss']) {
    expect(rowsTouched(await planOf({ busca }, 'NOME_ASC', null))).toBeLessThanOrEqual(5);
  }
});
