import { Client } from 'pg';
import { v7 } from 'uuid';
import { runInScope } from '../../../platform/db/scope';
import { createScopedPrisma } from '../../../platform/db/scoped-prisma';
import { everywhere, type Reach } from '../../../platform/reach';
import { ExplainingPool } from '../../../platform/testing/explaining-pool';
import { createTestDatabase } from '../../../platform/testing/test-database';
import { PrismaClient } from '../../../prisma/vendas/client/client';
import { createCarteiraRepository } from '../cliente/carteira.repository';
import { createClienteRepository } from '../cliente/cliente.repository';
import type { OportunidadeFiltro } from './oportunidade.filter';
import { oportunidadeOrders } from './oportunidade.orders';
import { createOportunidadeRepository } from './oportunidade.repository';

const rows = 20_000;
const organizacaoId = v7();
const [funilId, etapaId, clienteId, responsavelId, colegaId, equipeId] = [v7(), v7(), v7(), v7(), v7(), v7()];

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let pool: ExplainingPool;
let prisma: PrismaClient;

/** Half closed, one in a hundred of the Cliente and of the responsável; a tenth of the table is of others. */
const fill = async (admin: Client): Promise<void> => {
  await admin.query('SET session_replication_role = replica');
  await admin.query(
    `INSERT INTO oportunidade (id, organizacao_id, titulo, cliente_id, funil_id, etapa_id, posicao, valor_centavos,
       moeda, situacao, responsavel_id, encerrada_em, ativo, versao, criado_em, atualizado_em)
     SELECT uuidv7(), CASE WHEN n % 10 = 0 THEN uuidv7() ELSE $1::uuid END, 'Venda',
       CASE WHEN n % 100 = 1 THEN $4::uuid ELSE uuidv7() END, $2::uuid, $3::uuid,
       CASE WHEN n % 2 = 0 THEN 'a' || lpad(n::text, 8, '0') END, n, 'BRL',
       CASE WHEN n % 2 = 0 THEN 'ABERTA' ELSE 'GANHA' END,
       CASE n % 100 WHEN 2 THEN $5::uuid WHEN 4 THEN $7::uuid END, CASE WHEN n % 2 = 1 THEN now() END, true, 1, now() - n * interval '1 minute', now()
     FROM generate_series(1, $6::int) n`,
    [organizacaoId, funilId, etapaId, clienteId, responsavelId, rows, colegaId],
  );
  await admin.query(
    'INSERT INTO teia.equipe_membro (organizacao_id, equipe_id, usuario_id) SELECT $1, $2, unnest($3::uuid[])',
    [organizacaoId, equipeId, [responsavelId, colegaId]],
  );
  await admin.query('ANALYZE');
};

beforeAll(async () => {
  database = await createTestDatabase('vendas');
  const admin = new Client(database.adminUrl);
  await admin.connect();
  await fill(admin);
  await admin.end();
  pool = new ExplainingPool({ connectionString: database.url });
  prisma = createScopedPrisma<PrismaClient>(PrismaClient, pool);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

/** The plan of the one statement that `work` sends, as the application's role. */
const planOf = async (work: () => Promise<unknown>): Promise<string> => {
  pool.explained.length = 0;
  await runInScope({ role: 'inquilino', organizacaoId }, work);
  expect(pool.explained).toHaveLength(1);
  return pool.explained[0]?.plan ?? '';
};

/** What the plan reads of the table: the highest number of rows that any of its nodes handed on or threw away. */
const rowsTouched = (plan: string): number =>
  Math.max(
    ...[...plan.matchAll(/actual time=\S+ rows=([\d.]+)|Rows Removed by Filter: (\d+)/g)].map(
      ([, read, removed]) => Number(read ?? removed),
    ),
  );

const middle = { valor: new Date(Date.now() - (rows / 2) * 60_000).toISOString(), id: v7() };

describe.each([false, true])('a page of 20, backwards: %s,', (backward) => {
  it.each<[string, Partial<OportunidadeFiltro>]>([
    ['all', {}],
    ['one situação', { situacao: 'ABERTA' }],
    ['one Funil', { funilId }],
    ['one etapa', { etapaId }],
    ['one Cliente', { clienteId }],
    ['one responsável', { responsavelId }],
  ])('of %s reads what it shows and little more, wherever it starts', async (_, filtro) => {
    const oportunidades = createOportunidadeRepository(prisma, organizacaoId);
    for (const from of [null, middle]) {
      const request = { ordem: 'CRIADA_EM_DESC', limit: 20, backward, from };
      const plan = await planOf(() =>
        oportunidades.listar(
          { ativo: true, ...filtro },
          oportunidadeOrders.CRIADA_EM_DESC,
          request,
          everywhere,
        ),
      );
      expect(plan).toMatch(/Index Scan/);
      expect(plan).not.toMatch(/Seq Scan|Sort/);
      expect(rowsTouched(plan)).toBeLessThanOrEqual(21);
    }
  });

  it('of an etapa by place reads what it shows and little more, wherever it starts', async () => {
    const oportunidades = createOportunidadeRepository(prisma, organizacaoId);
    for (const from of [null, { valor: 'a00010000', id: v7() }]) {
      const request = { ordem: 'POSICAO', limit: 20, backward, from };
      const plan = await planOf(() =>
        oportunidades.listar(
          { ativo: true, etapaId, situacao: 'ABERTA' },
          oportunidadeOrders.POSICAO,
          request,
          everywhere,
        ),
      );
      expect(plan).not.toMatch(/Seq Scan/);
      expect(rowsTouched(plan)).toBeLessThanOrEqual(60);
    }
  });

  it('for each of 30 Clientes reads what it shows', async () => {
    const clientes = createClienteRepository(prisma, organizacaoId);
    const ids = [clienteId, ...Array.from({ length: 29 }, () => v7())];
    const request = { ordem: 'CRIADA_EM_DESC', limit: 20, backward, from: null };
    const plan = await planOf(() => clientes.listarOportunidades(ids, request, everywhere));
    expect(plan).not.toMatch(/Seq Scan|Sort/);
    expect(rowsTouched(plan)).toBeLessThanOrEqual(30);
  });
});

it('the value that is open of a Cliente is found by the Cliente', async () => {
  const clientes = createClienteRepository(prisma, organizacaoId);
  const plan = await planOf(() => clientes.somarEmAberto([clienteId], everywhere));
  expect(plan).not.toMatch(/Seq Scan/);
  expect(rowsTouched(plan)).toBeLessThanOrEqual(rows / 100);
});

it('what a Cliente’s exclusion and reactivation change is found by the Cliente', async () => {
  const carteira = createCarteiraRepository(prisma, organizacaoId);
  const plan = await planOf(() => carteira.etapasDasCanceladas(clienteId));
  expect(plan).not.toMatch(/Seq Scan/);
  expect(rowsTouched(plan)).toBeLessThanOrEqual(rows / 100);
});

describe.each<[Reach['alcance'], number]>([
  ['PROPRIOS', 1],
  ['EQUIPE', 2],
])('within the reach %s', (quais, donos) => {
  const alcance: Reach = { alcance: quais, usuarioId: responsavelId, equipes: [equipeId] };
  const listar = (
    filtro: Partial<OportunidadeFiltro>,
    ordem: 'CRIADA_EM_DESC' | 'POSICAO',
    from: object | null,
  ) =>
    planOf(() =>
      createOportunidadeRepository(prisma, organizacaoId).listar(
        { ativo: true, ...filtro },
        oportunidadeOrders[ordem],
        { ordem, limit: 20, backward: false, from: from as never },
        alcance,
      ),
    );

  it.each<[string, Partial<OportunidadeFiltro>]>([
    ['all', {}],
    ['one situação', { situacao: 'ABERTA' }],
    ['one Funil', { funilId }],
  ])('a page of %s costs a page of each owner', async (_, filtro) => {
    for (const from of [null, middle]) {
      const plan = await listar(filtro, 'CRIADA_EM_DESC', from);
      expect(plan).toMatch(/oportunidade_organizacao_id_responsavel_id_/);
      expect(plan).not.toMatch(/Seq Scan on oportunidade/);
      expect(rowsTouched(plan)).toBeLessThanOrEqual(donos * 21);
    }
  });

  it('a page of an etapa by place costs a page of each owner', async () => {
    for (const from of [null, { valor: 'a00010000', id: v7() }]) {
      const plan = await listar({ etapaId, situacao: 'ABERTA' }, 'POSICAO', from);
      expect(plan).toMatch(/oportunidade_organizacao_id_responsavel_id_etapa_id_/);
      expect(rowsTouched(plan)).toBeLessThanOrEqual(donos * 30);
    }
  });
});
