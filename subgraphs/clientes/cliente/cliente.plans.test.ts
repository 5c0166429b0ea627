import { Client } from 'pg';
import { v7 } from 'uuid';
import { runInScope } from '../../../platform/db/scope';
import { createScopedPrisma } from '../../../platform/db/scoped-prisma';
import { everywhere, type Reach } from '../../../platform/reach';
import { ExplainingPool } from '../../../platform/testing/explaining-pool';
import { createTestDatabase } from '../../../platform/testing/test-database';
import { PrismaClient } from '../../../prisma/clientes/client/client';
import { plantClientes } from '../testing/plant-clientes';
import type { ClienteFiltro, ClienteOrdem } from './cliente.input';
import { clienteOrders } from './cliente.orders';
import { createClienteRepository } from './cliente.repository';
import type { Visao } from './cliente.search';

const total = 5_000;
const pageSize = 20;
const organizacaoId = v7();
const [eu, colega, equipe] = [v7(), v7(), v7()];

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let pool: ExplainingPool;
let repository: ReturnType<typeof createClienteRepository>;

beforeAll(async () => {
  database = await createTestDatabase('clientes');
  const admin = new Client(database.adminUrl);
  await admin.connect();
  await plantClientes(admin, organizacaoId, total);
  await plantClientes(admin, v7(), total);
  // One in a hundred is mine, as many are a colleague's; the others belong to many, or to nobody.
  await admin.query(
    `UPDATE cliente SET responsavel_id = CASE n % 100 WHEN 1 THEN $2::uuid WHEN 2 THEN $3::uuid
       ELSE CASE WHEN n % 2 = 0 THEN md5((n % 97)::text)::uuid END END
     FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM cliente WHERE organizacao_id = $1) AS numbered
     WHERE cliente.id = numbered.id`,
    [organizacaoId, eu, colega],
  );
  await admin.query(
    'INSERT INTO teia.equipe_membro (organizacao_id, equipe_id, usuario_id) SELECT $1, $2, unnest($3::uuid[])',
    [organizacaoId, equipe, [eu, colega]],
  );
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
const planOf = async (
  filtro: Partial<ClienteFiltro>,
  ordem: ClienteOrdem,
  valor: string | null,
  visao: Visao = { alcance: everywhere, documentos: everywhere },
) => {
  pool.explained.length = 0;
  const from = valor === null ? null : { valor, id: v7() };
  await runInScope({ role: 'inquilino', organizacaoId }, () =>
    repository.listar(
      { ativo: true, ...filtro },
      clienteOrders[ordem],
      { ordem, limit: pageSize, backward: false, from },
      visao,
    ),
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

const alcance = (quais: Reach['alcance']): Reach => ({ alcance: quais, usuarioId: eu, equipes: [equipe] });

describe.each<[Reach['alcance'], number]>([
  ['PROPRIOS', 1],
  ['EQUIPE', 2],
])('within the reach %s', (quais, donos) => {
  const visao = { alcance: alcance(quais), documentos: null };

  it.each<[ClienteOrdem, string]>([
    ['NOME_ASC', 'joao'],
    ['CRIADO_EM_ASC', now],
    ['ATUALIZADO_EM_ASC', '2000-01-01T00:00:00.000Z'],
  ])(
    'a page in the order %s costs a page of each owner, however many Clientes there are',
    async (ordem, middle) => {
      for (const valor of [null, middle]) {
        const plan = await planOf({}, ordem, valor, visao);
        expect(plan).toMatch(/Index Scan.* using cliente_organizacao_id_responsavel_id_ativo_/);
        expect(plan).not.toMatch(/Seq Scan on cliente/);
        expect(rowsTouched(plan)).toBeLessThanOrEqual(donos * (pageSize + 1));
      }
    },
  );

  it.each(['zwing', 'silva zwing', '10000000042'])(
    'a search for %j that must not find by document reads the index of terms',
    async (busca) => {
      const plan = await planOf({ busca }, 'NOME_ASC', null, visao);
      expect(plan).toMatch(/Index (Only )?Scan using termo_busca_pkey/);
      expect(plan).not.toMatch(/Seq Scan on (cliente|termo_busca)/);
      expect(rowsTouched(plan)).toBeLessThanOrEqual(total / 50);
    },
  );
});

it.each<[string, Reach | null]>([
  ['nobody’s', null],
  ['their own', alcance('PROPRIOS')],
  ['their equipe’s', alcance('EQUIPE')],
])('a rare word costs what it finds for who may see %s documents', async (_, documentos) => {
  for (const busca of ['zwing', 'zwing rariss', '10000000042']) {
    const plan = await planOf({ busca }, 'NOME_ASC', null, { alcance: everywhere, documentos });
    expect(plan).toMatch(/Index (Only )?Scan using termo_busca_pkey/);
    expect(rowsTouched(plan)).toBeLessThanOrEqual(5);
  }
});
