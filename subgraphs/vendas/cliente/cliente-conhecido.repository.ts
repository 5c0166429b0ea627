import type { Prisma } from '../../../prisma/vendas/client/client';

/** What sales knows of a Cliente: its own copy, which may lag behind the domain that owns it. */
export type ClienteConhecido = {
  readonly id: string;
  readonly ativo: boolean;
  /** Of the last event that said so; 0 before the first. */
  readonly sequencia: bigint;
};

/** The Clientes of one organization as far as events told of them. */
export const createClienteConhecidoRepository = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  /** The last event known of a Cliente; 0 when none is. */
  sequenciaDe: async (id: string): Promise<bigint> => {
    const conhecido = await db.cliente.findUnique({ where: { organizacaoId_id: { organizacaoId, id } } });
    return conhecido?.sequencia ?? 0n;
  },

  /**
   * What is known of a Cliente, and stays so until the transaction ends. One that no event told of yet is
   * noted, so that the first event has something to wait for.
   */
  travar: async (id: string): Promise<ClienteConhecido> => {
    await db.$executeRaw`
      INSERT INTO cliente (id, organizacao_id, ativo, sequencia)
      VALUES (${id}::uuid, ${organizacaoId}::uuid, true, 0) ON CONFLICT DO NOTHING`;
    const [conhecido] = await db.$queryRaw<[ClienteConhecido]>`
      SELECT id, ativo, sequencia FROM cliente
      WHERE organizacao_id = ${organizacaoId}::uuid AND id = ${id}::uuid FOR SHARE`;
    return conhecido;
  },

  /** Notes what an event says, once nobody holds the Cliente any more. */
  gravar: async ({ id, ativo, sequencia }: ClienteConhecido): Promise<void> => {
    await db.$executeRaw`
      INSERT INTO cliente (id, organizacao_id, ativo, sequencia)
      VALUES (${id}::uuid, ${organizacaoId}::uuid, ${ativo}, ${sequencia})
      ON CONFLICT (organizacao_id, id) DO UPDATE SET ativo = excluded.ativo, sequencia = excluded.sequencia`;
  },
});

export type ClienteConhecidoRepository = ReturnType<typeof createClienteConhecidoRepository>;
