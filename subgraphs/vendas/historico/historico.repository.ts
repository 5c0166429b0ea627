import { keysetSql, selectAll } from '../../../platform/db/sql';
import type { PageRequest } from '../../../platform/pagination/page-request';
import { Prisma } from '../../../prisma/vendas/client/client';
import { historicoOrder } from './historico.orders';
import type { HistoricoOportunidade } from './historico.type';

/** What happened to the Oportunidades of one organization. */
export const createHistoricoRepository = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  inserir: async (acontecimento: HistoricoOportunidade): Promise<void> => {
    await db.historicoOportunidade.create({ data: { ...acontecimento, organizacaoId } });
  },

  /** By one statement, however many there are. */
  inserirTodos: async (acontecimentos: readonly HistoricoOportunidade[]): Promise<void> => {
    const linhas = acontecimentos.map((acontecimento) => ({ ...acontecimento, organizacaoId }));
    await db.$executeRaw`
      INSERT INTO historico_oportunidade
        (id, organizacao_id, oportunidade_id, tipo, de_etapa_id, para_etapa_id, usuario_id, em)
      SELECT id, "organizacaoId", "oportunidadeId", tipo, "deEtapaId", "paraEtapaId", "usuarioId", em
      FROM jsonb_to_recordset(${JSON.stringify(linhas)}::jsonb) AS linha (id uuid, "organizacaoId" uuid,
        "oportunidadeId" uuid, tipo tipo_historico, "deEtapaId" uuid, "paraEtapaId" uuid, "usuarioId" uuid,
        em timestamptz)`;
  },

  /**
   * For each Oportunidade, found within the reach of who asks, its page, newest first, in the direction of travel, and
   * one more when there are more.
   */
  listarDasOportunidades: (
    oportunidadeIds: readonly string[],
    request: PageRequest,
  ): Promise<HistoricoOportunidade[]> => {
    const { after, orderBy, limit } = keysetSql(historicoOrder, request, 'h');
    return db.$queryRaw<HistoricoOportunidade[]>`
      SELECT ${selectAll(Prisma.HistoricoOportunidadeScalarFieldEnum, 'historico')}
      FROM unnest(${oportunidadeIds}::uuid[]) AS pedido (oportunidade_id)
      CROSS JOIN LATERAL (
        SELECT * FROM historico_oportunidade h
        WHERE h.organizacao_id = ${organizacaoId}::uuid AND h.oportunidade_id = pedido.oportunidade_id ${after}
        ${orderBy} ${limit}
      ) AS historico`;
  },

  contarPorOportunidade: async (
    oportunidadeIds: readonly string[],
  ): Promise<{ id: string; total: number }[]> => {
    const counted = await db.historicoOportunidade.groupBy({
      by: ['oportunidadeId'],
      where: { organizacaoId, oportunidadeId: { in: [...oportunidadeIds] } },
      _count: true,
    });
    return counted.map(({ oportunidadeId, _count }) => ({ id: oportunidadeId, total: _count }));
  },
});

export type HistoricoRepository = ReturnType<typeof createHistoricoRepository>;
