import { Client } from 'pg';
import { v7 } from 'uuid';
import { runInScope } from '../../../platform/db/scope';
import { createScopedPrisma } from '../../../platform/db/scoped-prisma';
import { ExplainingPool } from '../../../platform/testing/explaining-pool';
import { createTestDatabase } from '../../../platform/testing/test-database';
import { PrismaClient } from '../../../prisma/usuarios/client/client';
import { createAuditoriaRepository } from './auditoria.repository';
import type { AuditoriaFiltro } from './auditoria.type';

const total = 20_000;
const pageSize = 20;
const organizacaoId = v7();
const rare = v7();

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let pool: ExplainingPool;
let auditoria: ReturnType<typeof createAuditoriaRepository>;

const plant = (admin: Client, organizacao: string) =>
  admin.query(
    `INSERT INTO auditoria (organizacao_id, numero, id, dominio, usuario_id, sessao_id, acao, entidade, entidade_id,
       campos, request_id, em)
     SELECT $1, n, uuidv7(), 'clientes', CASE WHEN n % 5000 = 1 THEN $3::uuid ELSE uuidv7() END, uuidv7(),
       CASE WHEN n % 5000 = 2 THEN 'acesso.recusar' ELSE 'cliente.editar' END,
       CASE WHEN n % 5000 = 3 THEN 'Organizacao' ELSE 'Cliente' END,
       CASE WHEN n % 5000 = 4 THEN $3::uuid ELSE uuidv7() END, '{nome}', 'r', '2026-01-01Z'::timestamptz + n * interval '1 s'
     FROM generate_series(1, $2::int) n`,
    [organizacao, total, rare],
  );

beforeAll(async () => {
  database = await createTestDatabase('usuarios');
  const admin = new Client(database.adminUrl);
  await admin.connect();
  // Many at once: their numbers are given.
  await admin.query('SET session_replication_role = replica');
  await plant(admin, organizacaoId);
  await plant(admin, v7());
  await admin.query('VACUUM ANALYZE');
  await admin.end();
  pool = new ExplainingPool({ connectionString: database.url });
  auditoria = createAuditoriaRepository(createScopedPrisma<PrismaClient>(PrismaClient, pool), organizacaoId);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

const planOf = async (work: () => Promise<unknown>): Promise<string> => {
  pool.explained.length = 0;
  await runInScope({ role: 'inquilino', organizacaoId }, work);
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

it.each<[string, AuditoriaFiltro]>([
  ['all', {}],
  ['a person', { usuarioId: rare }],
  ['a rare action', { acao: 'acesso.recusar' }],
  ['a common action', { acao: 'cliente.editar' }],
  ['a rare kind', { entidade: 'Organizacao' }],
  ['a common kind', { entidade: 'Cliente' }],
  ['a thing', { entidadeId: rare }],
  ['a time', { desde: new Date('2026-01-01T02:00:00Z'), ate: new Date('2026-01-01T03:00:00Z') }],
])('a page of %s starts in an index right where it begins, however deep', async (_, filtro) => {
  for (const valor of [null, '2026-01-01T04:00:00.000Z', '2026-01-01T00:30:00.000Z']) {
    const from = valor === null ? null : { valor, id: v7() };
    const request = { ordem: 'AUDITORIA_EM_DESC', limit: pageSize, backward: false, from };
    const plan = await planOf(() => auditoria.listar(filtro, request));
    expect(plan).toMatch(/Index Scan Backward using auditoria_organizacao_id_\w+_idx/);
    expect(plan).not.toMatch(/Seq Scan|Sort/);
    expect(rowsTouched(plan)).toBeLessThanOrEqual(pageSize + 1);
  }
});

it('a part of the trail is read by its numbers', async () => {
  const plan = await planOf(() => auditoria.porNumeros({ depoisDe: 15_000n, ate: 30_000n }, 1_000));
  expect(plan).toMatch(/Index Scan using auditoria_pkey/);
  expect(rowsTouched(plan)).toBeLessThanOrEqual(1_000);
});

it('the end of the trail is found without reading it', async () => {
  const plan = await planOf(() => auditoria.fim());
  expect(plan).not.toMatch(/Seq Scan on auditoria/);
  expect(rowsTouched(plan)).toBe(1);
});
