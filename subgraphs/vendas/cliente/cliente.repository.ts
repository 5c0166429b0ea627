import { keysetSql, selectAll } from '../../../platform/db/sql';
import type { PageRequest } from '../../../platform/pagination/page-request';
import type { Dinheiro, Moeda } from '../../../platform/values';
import { Prisma, type Oportunidade as Stored } from '../../../prisma/vendas/client/client';
import { oportunidadeOrders } from '../oportunidade/oportunidade.orders';
import { toOportunidade } from '../oportunidade/oportunidade.stored';
import type { Oportunidade } from '../oportunidade/oportunidade.type';

/** Found by its Cliente, and so not one that lost it. */
type OportunidadeDoCliente = Oportunidade & { readonly clienteId: string };

/** What one organization's Clientes have in sales. */
export const createClienteRepository = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  /** For each Cliente its page, newest first, in the direction of travel, and one more when there are more. */
  listarOportunidades: async (
    clienteIds: readonly string[],
    request: PageRequest,
  ): Promise<OportunidadeDoCliente[]> => {
    const { after, orderBy, limit } = keysetSql(oportunidadeOrders.CRIADA_EM_DESC, request, 'o');
    const found = await db.$queryRaw<Stored[]>`
      SELECT ${selectAll(Prisma.OportunidadeScalarFieldEnum, 'oportunidade')}
      FROM unnest(${clienteIds}::uuid[]) AS pedido (cliente_id)
      CROSS JOIN LATERAL (
        SELECT * FROM oportunidade o
        WHERE o.organizacao_id = ${organizacaoId}::uuid AND o.cliente_id = pedido.cliente_id AND o.ativo ${after}
        ${orderBy} ${limit}
      ) AS oportunidade`;
    return found.map(toOportunidade) as OportunidadeDoCliente[];
  },

  contarOportunidades: async (clienteIds: readonly string[]): Promise<{ id: string; total: number }[]> => {
    const counted = await db.oportunidade.groupBy({
      by: ['clienteId'],
      where: { organizacaoId, clienteId: { in: [...clienteIds] }, ativo: true },
      _count: true,
    });
    return counted.map(({ clienteId, _count }) => ({ id: clienteId as string, total: _count }));
  },

  /** The totals of open Oportunidades, by Cliente and currency, in the order of the currency's code. */
  somarEmAberto: async (
    clienteIds: readonly string[],
  ): Promise<{ readonly clienteId: string; readonly total: Dinheiro }[]> => {
    // Open and active ones are those that have a place. As text: a sum of bigints may be more than one holds.
    const rows = await db.$queryRaw<{ clienteId: string; moeda: Moeda; centavos: string }[]>`
      SELECT cliente_id AS "clienteId", moeda, sum(valor_centavos)::text AS centavos
      FROM oportunidade
      WHERE organizacao_id = ${organizacaoId}::uuid AND cliente_id = ANY(${clienteIds}::uuid[])
        AND ativo AND posicao IS NOT NULL
      GROUP BY cliente_id, moeda
      ORDER BY moeda`;
    return rows.map(({ clienteId, moeda, centavos }) => ({
      clienteId,
      total: { centavos: BigInt(centavos), moeda },
    }));
  },
});

export type ClienteRepository = ReturnType<typeof createClienteRepository>;
