import { keysetSql } from '../../../platform/db/sql';
import type { PageRequest } from '../../../platform/pagination/page-request';
import { Prisma } from '../../../prisma/organizacoes/client/client';
import { contextoOrder } from './contexto.orders';
import type { Contexto } from './contexto.type';

type Row = Omit<Contexto, 'documento'> & { readonly documento: string };

/** As text, because Prisma takes some objects inside of JSON for values of its own. */
const columns = Prisma.raw(
  [
    'c.id, c.organizacao_id AS "organizacaoId", c.versao, c.segmento, c.versao_do_modelo AS "versaoDoModelo"',
    'c.documento::text AS documento, c.autor_id AS "autorId", c.atualizado_em AS "atualizadoEm"',
  ].join(', '),
);

const toContexto = ({ documento, ...row }: Row): Contexto => ({ ...row, documento: JSON.parse(documento) });

/** What one organization told about its business, version by version. */
export const createContextoRepository = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  porIds: async (ids: readonly string[]): Promise<Contexto[]> => {
    const rows = await db.$queryRaw<Row[]>`
      SELECT ${columns} FROM contexto c
      WHERE c.organizacao_id = ${organizacaoId}::uuid AND c.id = ANY(${ids}::uuid[])`;
    return rows.map(toContexto);
  },

  /** Null when there is none yet. */
  ultimo: async (): Promise<Contexto | null> => {
    const [row] = await db.$queryRaw<Row[]>`
      SELECT ${columns} FROM contexto c
      WHERE c.organizacao_id = ${organizacaoId}::uuid ORDER BY c.versao DESC LIMIT 1`;
    return row ? toContexto(row) : null;
  },

  daVersao: async (versao: number): Promise<Contexto | null> => {
    const [row] = await db.$queryRaw<Row[]>`
      SELECT ${columns} FROM contexto c
      WHERE c.organizacao_id = ${organizacaoId}::uuid AND c.versao = ${versao}`;
    return row ? toContexto(row) : null;
  },

  /** A page, in the direction of travel, and one more when there are more. */
  listar: async (request: PageRequest): Promise<Contexto[]> => {
    const { after, orderBy, limit } = keysetSql(contextoOrder, request, 'c');
    const rows = await db.$queryRaw<Row[]>`
      SELECT ${columns} FROM contexto c
      WHERE c.organizacao_id = ${organizacaoId}::uuid ${after} ${orderBy} ${limit}`;
    return rows.map(toContexto);
  },

  contar: (): Promise<number> => db.contexto.count({ where: { organizacaoId } }),

  inserir: async ({ organizacaoId: _, documento, ...contexto }: Contexto): Promise<void> => {
    await db.$executeRaw`
      INSERT INTO contexto
        (id, organizacao_id, versao, segmento, versao_do_modelo, documento, autor_id, atualizado_em)
      VALUES (${contexto.id}::uuid, ${organizacaoId}::uuid, ${contexto.versao}, ${contexto.segmento},
        ${contexto.versaoDoModelo}, ${JSON.stringify(documento)}::jsonb, ${contexto.autorId}::uuid,
        ${contexto.atualizadoEm}::timestamptz)`;
  },
});

export type ContextoRepository = ReturnType<typeof createContextoRepository>;
