import { andWithinReach, pageWithinReach } from '../../../platform/db/reach-sql';
import { keysetSql, selectAll } from '../../../platform/db/sql';
import type { KeysetOrder } from '../../../platform/pagination/keyset';
import type { PageRequest } from '../../../platform/pagination/page-request';
import type { Reach } from '../../../platform/reach';
import { Prisma, type Oportunidade as Stored } from '../../../prisma/vendas/client/client';
import type { OportunidadeFiltro } from './oportunidade.filter';
import { toOportunidade, toStored } from './oportunidade.stored';
import type { Oportunidade } from './oportunidade.type';

const { sql, empty, join } = Prisma;
const columns = selectAll(Prisma.OportunidadeScalarFieldEnum, 'o');
const owner = sql`o.responsavel_id`;

const matches = (
  organizacaoId: string,
  { funilId, etapaId, clienteId, responsavelId, situacao, ativo }: OportunidadeFiltro,
): Prisma.Sql =>
  join(
    [
      sql`o.organizacao_id = ${organizacaoId}::uuid AND o.ativo = ${ativo}`,
      funilId ? sql`AND o.funil_id = ${funilId}::uuid` : empty,
      etapaId ? sql`AND o.etapa_id = ${etapaId}::uuid` : empty,
      clienteId ? sql`AND o.cliente_id = ${clienteId}::uuid` : empty,
      responsavelId ? sql`AND o.responsavel_id = ${responsavelId}::uuid` : empty,
      situacao ? sql`AND o.situacao = ${situacao}` : empty,
      // Says nothing new, but lets the index of places be entered beside the many that have none.
      ativo && situacao === 'ABERTA' ? sql`AND o.posicao IS NOT NULL` : empty,
    ],
    ' ',
  );

/** The Oportunidades of one organization. */
export const createOportunidadeRepository = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  porIds: async (ids: readonly string[], alcance: Reach): Promise<Oportunidade[]> => {
    const found = await db.$queryRaw<Stored[]>`
      SELECT ${columns} FROM oportunidade o
      WHERE o.organizacao_id = ${organizacaoId}::uuid AND o.id = ANY(${ids}::uuid[])
        ${andWithinReach(alcance, organizacaoId, owner)}`;
    return found.map(toOportunidade);
  },

  /** The page's rows in the direction of travel, and one more when there are more. */
  listar: async (
    filtro: OportunidadeFiltro,
    order: KeysetOrder<Oportunidade>,
    request: PageRequest,
    alcance: Reach,
  ): Promise<Oportunidade[]> => {
    const found = await db.$queryRaw<Stored[]>`
      SELECT ${columns} FROM ${pageWithinReach(alcance, organizacaoId, {
        from: sql`oportunidade o`,
        alias: sql`o`,
        where: matches(organizacaoId, filtro),
        owner,
        ...keysetSql(order, request, 'o'),
      })}`;
    return found.map(toOportunidade);
  },

  contar: async (filtro: OportunidadeFiltro, alcance: Reach): Promise<number> => {
    const [{ total } = { total: 0 }] = await db.$queryRaw<{ total: number }[]>`
      SELECT count(*)::int AS total FROM oportunidade o
      WHERE ${matches(organizacaoId, filtro)} ${andWithinReach(alcance, organizacaoId, owner)}`;
    return total;
  },

  /** The Oportunidade as it is now, and as it stays for others until the transaction ends. */
  travar: async (id: string, alcance: Reach): Promise<Oportunidade | null> => {
    const [row] = await db.$queryRaw<Stored[]>`
      SELECT ${columns} FROM oportunidade o
      WHERE o.organizacao_id = ${organizacaoId}::uuid AND o.id = ${id}::uuid
        ${andWithinReach(alcance, organizacaoId, owner)} FOR UPDATE`;
    return row ? toOportunidade(row) : null;
  },

  inserir: async (oportunidade: Oportunidade): Promise<void> => {
    await db.oportunidade.create({ data: { ...toStored(oportunidade), organizacaoId } });
  },

  /**
   * Writes over the stored one when that still has the version before; false when it does not. The stored
   * one must be locked: its place may change without its version.
   */
  gravar: async (oportunidade: Oportunidade): Promise<boolean> => {
    const { count } = await db.oportunidade.updateMany({
      where: { organizacaoId, id: oportunidade.id, versao: oportunidade.versao - 1 },
      data: toStored(oportunidade),
    });
    return count === 1;
  },

  apagar: async (id: string): Promise<boolean> => {
    const { count } = await db.oportunidade.deleteMany({ where: { organizacaoId, id } });
    return count === 1;
  },
});

export type OportunidadeRepository = ReturnType<typeof createOportunidadeRepository>;
