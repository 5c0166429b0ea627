import { andWithinReach } from '../../../platform/db/reach-sql';
import { keysetSql, selectAll } from '../../../platform/db/sql';
import type { PageRequest } from '../../../platform/pagination/page-request';
import type { Reach } from '../../../platform/reach';
import type { Dinheiro, Moeda } from '../../../platform/values';
import { Prisma, type Oportunidade as Stored } from '../../../prisma/vendas/client/client';
import { oportunidadeOrders } from '../oportunidade/oportunidade.orders';
import { toOportunidade } from '../oportunidade/oportunidade.stored';
import type { Oportunidade } from '../oportunidade/oportunidade.type';

/** Found by its Cliente, and so not one that lost it. */
type OportunidadeDoCliente = Oportunidade & { readonly clienteId: string };

const owner = Prisma.sql`o.responsavel_id`;

/** What one organization's Clientes have in sales. */
export const createClienteRepository = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  /** For each Cliente its page, newest first, in the direction of travel, and one more when there are more. */
  listarOportunidades: async (
    clienteIds: readonly string[],
    request: PageRequest,
    alcance: Reach,
  ): Promise<OportunidadeDoCliente[]> => {
    const { after, orderBy, limit } = keysetSql(oportunidadeOrders.CRIADA_EM_DESC, request, 'o');
    const found = await db.$queryRaw<Stored[]>`
      SELECT ${selectAll(Prisma.OportunidadeScalarFieldEnum, 'oportunidade')}
      FROM unnest(${clienteIds}::uuid[]) AS pedido (cliente_id)
      CROSS JOIN LATERAL (
        SELECT * FROM oportunidade o
        WHERE o.organizacao_id = ${organizacaoId}::uuid AND o.cliente_id = pedido.cliente_id AND o.ativo
          ${andWithinReach(alcance, organizacaoId, owner)} ${after}
        ${orderBy} ${limit}
      ) AS oportunidade`;
    return found.map(toOportunidade) as OportunidadeDoCliente[];
  },

  contarOportunidades: (
    clienteIds: readonly string[],
    alcance: Reach,
  ): Promise<{ readonly id: string; readonly total: number }[]> =>
    db.$queryRaw`
      SELECT o.cliente_id AS id, count(*)::int AS total FROM oportunidade o
      WHERE o.organizacao_id = ${organizacaoId}::uuid AND o.cliente_id = ANY(${clienteIds}::uuid[]) AND o.ativo
        ${andWithinReach(alcance, organizacaoId, owner)}
      GROUP BY o.cliente_id`,

  /** The totals of open Oportunidades, by Cliente and currency, in the order of the currency's code. */
  somarEmAberto: async (
    clienteIds: readonly string[],
    alcance: Reach,
  ): Promise<{ readonly clienteId: string; readonly total: Dinheiro }[]> => {
    // Open and active ones are those that have a place. As text: a sum of bigints may be more than one holds.
    const rows = await db.$queryRaw<{ clienteId: string; moeda: Moeda; centavos: string }[]>`
      SELECT o.cliente_id AS "clienteId", o.moeda, sum(o.valor_centavos)::text AS centavos
      FROM oportunidade o
      WHERE o.organizacao_id = ${organizacaoId}::uuid AND o.cliente_id = ANY(${clienteIds}::uuid[])
        AND o.ativo AND o.posicao IS NOT NULL ${andWithinReach(alcance, organizacaoId, owner)}
      GROUP BY o.cliente_id, o.moeda
      ORDER BY o.moeda`;
    return rows.map(({ clienteId, moeda, centavos }) => ({
      clienteId,
      total: { centavos: BigInt(centavos), moeda },
    }));
  },
});

export type ClienteRepository = ReturnType<typeof createClienteRepository>;
