import { selectAll } from '../../../platform/db/sql';
import { Prisma, type EtapaFunil as Stored } from '../../../prisma/vendas/client/client';
import type { EtapaFunil } from './etapa.type';

const toEtapa = ({ organizacaoId: _, ...row }: Stored): EtapaFunil => row;

const columns = selectAll(Prisma.EtapaFunilScalarFieldEnum, 'e');

/** The etapas of the funis of one organization. */
export const createEtapaRepository = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  porIds: async (ids: readonly string[]): Promise<EtapaFunil[]> =>
    (await db.etapaFunil.findMany({ where: { organizacaoId, id: { in: [...ids] } } })).map(toEtapa),

  /** In the order of the funil. */
  porFunis: async (funilIds: readonly string[]): Promise<EtapaFunil[]> => {
    const where = { organizacaoId, funilId: { in: [...funilIds] } };
    return (await db.etapaFunil.findMany({ where, orderBy: [{ posicao: 'asc' }, { id: 'asc' }] })).map(
      toEtapa,
    );
  },

  /**
   * The etapas as they are now. Until the transaction ends others neither change them nor put open
   * Oportunidades into them or in another order. Locked in the order of the ids, always, so that no two wait
   * for each other; more weakly than by FOR UPDATE, which would also stop foreign keys from being checked.
   */
  travar: async (ids: readonly string[]): Promise<EtapaFunil[]> => {
    const rows = await db.$queryRaw<Stored[]>`
      SELECT ${columns} FROM etapa_funil e
      WHERE e.organizacao_id = ${organizacaoId}::uuid AND e.id = ANY(${ids}::uuid[])
      ORDER BY e.id FOR NO KEY UPDATE`;
    return rows.map(toEtapa);
  },

  /** As `travar`, for all of one funil; in the order of the funil. */
  travarDoFunil: async (funilId: string): Promise<EtapaFunil[]> => {
    const rows = await db.$queryRaw<Stored[]>`
      SELECT ${columns} FROM etapa_funil e
      WHERE e.organizacao_id = ${organizacaoId}::uuid AND e.funil_id = ${funilId}::uuid
      ORDER BY e.id FOR NO KEY UPDATE`;
    return rows.map(toEtapa).sort((a, b) => a.posicao - b.posicao);
  },

  inserir: async (etapas: readonly EtapaFunil[]): Promise<void> => {
    await db.etapaFunil.createMany({ data: etapas.map((etapa) => ({ ...etapa, organizacaoId })) });
  },

  /** Writes all but `posicao` when the stored one still has the version before; false when it does not. */
  gravar: async ({ posicao: _, ...etapa }: EtapaFunil): Promise<boolean> => {
    const { count } = await db.etapaFunil.updateMany({
      where: { organizacaoId, id: etapa.id, versao: etapa.versao - 1 },
      data: etapa,
    });
    return count === 1;
  },

  /** Gives the etapas the places 1, 2, 3, … */
  ordenar: async (ids: readonly string[]): Promise<void> => {
    await db.$executeRaw`
      UPDATE etapa_funil SET posicao = nova.posicao
      FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS nova (id, posicao)
      WHERE organizacao_id = ${organizacaoId}::uuid AND etapa_funil.id = nova.id
        AND etapa_funil.posicao <> nova.posicao`;
  },
});

export type EtapaRepository = ReturnType<typeof createEtapaRepository>;
