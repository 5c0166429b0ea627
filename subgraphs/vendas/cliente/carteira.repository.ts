import { Prisma } from '../../../prisma/vendas/client/client';

/** An Oportunidade that was changed together with others of its Cliente. */
export type Mudada = { readonly id: string; readonly etapaId: string };

const { sql } = Prisma;
const changed = sql`versao = o.versao + 1`;

/**
 * The Oportunidades of a Cliente as one: each method changes all that it is about by one statement, however
 * many there are. The Cliente must be locked, so that nobody opens another one meanwhile.
 */
export const createCarteiraRepository = (db: Prisma.TransactionClient, organizacaoId: string) => {
  const doCliente = (clienteId: string) =>
    sql`o.organizacao_id = ${organizacaoId}::uuid AND o.cliente_id = ${clienteId}::uuid`;

  /** In the order of the ids, as everywhere where several are locked, so that no two wait for each other. */
  const travar = (condition: Prisma.Sql) =>
    db.$executeRaw`SELECT FROM oportunidade o WHERE ${condition} ORDER BY o.id FOR UPDATE`;

  return {
    /** Closes the open ones, the excluded among them too, neither won nor lost. */
    cancelar: async (clienteId: string, agora: Date): Promise<Mudada[]> => {
      const abertas = sql`${doCliente(clienteId)} AND o.encerrada_em IS NULL`;
      await travar(abertas);
      return db.$queryRaw<Mudada[]>`
        UPDATE oportunidade o
        SET situacao = 'CANCELADA', encerrada_em = ${agora}, posicao = NULL, ${changed}, atualizado_em = ${agora}
        WHERE ${abertas} RETURNING o.id, o.etapa_id AS "etapaId"`;
    },

    /** Takes the Cliente out of all. */
    desvincular: async (clienteId: string, agora: Date): Promise<Mudada[]> => {
      await travar(doCliente(clienteId));
      return db.$queryRaw<Mudada[]>`
        UPDATE oportunidade o SET cliente_id = NULL, ${changed}, atualizado_em = ${agora}
        WHERE ${doCliente(clienteId)} RETURNING o.id, o.etapa_id AS "etapaId"`;
    },

    /** The etapas that have cancelled ones. */
    etapasDasCanceladas: async (clienteId: string): Promise<string[]> => {
      const rows = await db.$queryRaw<{ etapaId: string }[]>`
        SELECT DISTINCT o.etapa_id AS "etapaId" FROM oportunidade o
        WHERE ${doCliente(clienteId)} AND o.situacao = 'CANCELADA'`;
      return rows.map(({ etapaId }) => etapaId);
    },

    /** The cancelled ones of an etapa, newest first, locked. */
    travarCanceladas: async (
      clienteId: string,
      etapaId: string,
    ): Promise<{ readonly id: string; readonly ativo: boolean }[]> => {
      const canceladas = sql`${doCliente(clienteId)} AND o.etapa_id = ${etapaId}::uuid AND o.situacao = 'CANCELADA'`;
      await travar(canceladas);
      return db.$queryRaw`
        SELECT o.id, o.ativo FROM oportunidade o WHERE ${canceladas} ORDER BY o.criado_em DESC, o.id DESC`;
    },

    /** Opens them again, each in its place; an excluded one has none. */
    reabrir: async (
      lugares: readonly { readonly id: string; readonly posicao: string | null }[],
      agora: Date,
    ): Promise<Mudada[]> => {
      const ids = lugares.map(({ id }) => id);
      const posicoes = lugares.map(({ posicao }) => posicao);
      return db.$queryRaw<Mudada[]>`
        UPDATE oportunidade o
        SET situacao = 'ABERTA', encerrada_em = NULL, posicao = lugar.posicao, ${changed}, atualizado_em = ${agora}
        FROM unnest(${ids}::uuid[], ${posicoes}::text[]) AS lugar (id, posicao)
        WHERE o.organizacao_id = ${organizacaoId}::uuid AND o.id = lugar.id AND o.situacao = 'CANCELADA'
        RETURNING o.id, o.etapa_id AS "etapaId"`;
    },
  };
};

export type CarteiraRepository = ReturnType<typeof createCarteiraRepository>;
