import { generateNKeysBetween } from 'fractional-indexing';
import { andWithinReach } from '../../../platform/db/reach-sql';
import type { Reach } from '../../../platform/reach';
import { Prisma } from '../../../prisma/vendas/client/client';

/** Where a card is to stand: in which etapa, and directly after which of its cards within reach (null: on top). */
export type Lugar = {
  readonly id: string;
  readonly etapaId: string;
  readonly apos: { readonly id: string; readonly alcance: Reach } | null;
};

/** The places on both sides of a new one; null where nothing is. */
export type Vizinhas = { readonly acima: string | null; readonly abaixo: string | null };

/**
 * The boards of one organization: open Oportunidades are cards, in order within their etapa. Places change
 * only while the etapa is locked.
 */
export const createQuadroRepository = (db: Prisma.TransactionClient, organizacaoId: string) => {
  const placeOf = async (
    etapaId: string,
    { id, alcance }: NonNullable<Lugar['apos']>,
  ): Promise<string | null> => {
    const [card] = await db.$queryRaw<{ posicao: string | null }[]>`
      SELECT o.posicao FROM oportunidade o
      WHERE o.organizacao_id = ${organizacaoId}::uuid AND o.etapa_id = ${etapaId}::uuid AND o.id = ${id}::uuid
        ${andWithinReach(alcance, organizacaoId, Prisma.sql`o.responsavel_id`)}`;
    return card?.posicao ?? null;
  };

  return {
    /** How many cards there are in these etapas. */
    contar: (etapaIds: readonly string[]): Promise<number> =>
      db.oportunidade.count({
        where: { organizacaoId, etapaId: { in: [...etapaIds] }, posicao: { not: null } },
      }),

    /**
     * The neighbours of a place, as if its card were not there yet; null when `apos` is no card of the etapa, or out
     * of reach. The one below is nobody's choice: it may be any.
     */
    vizinhas: async ({ id, etapaId, apos }: Lugar): Promise<Vizinhas | null> => {
      const acima = apos && (await placeOf(etapaId, apos));
      if (apos && acima === null) return null;
      const abaixo = await db.oportunidade.findFirst({
        where: { organizacaoId, etapaId, id: { not: id }, posicao: acima ? { gt: acima } : { not: null } },
        orderBy: { posicao: 'asc' },
        select: { posicao: true },
      });
      return { acima, abaixo: abaixo?.posicao ?? null };
    },

    /** Gives the cards of an etapa short keys, in the order in which they are. */
    renumerar: async (etapaId: string): Promise<void> => {
      const cards = await db.oportunidade.findMany({
        where: { organizacaoId, etapaId, posicao: { not: null } },
        orderBy: { posicao: 'asc' },
        select: { id: true, posicao: true },
      });
      const ids = cards.map(({ id }) => id);
      // Beyond all present keys, so that none is taken while the statement goes from row to row.
      const posicoes = generateNKeysBetween(cards.at(-1)?.posicao ?? null, null, cards.length);
      // A card that was closed in the meantime has left the board.
      await db.$executeRaw`
        UPDATE oportunidade SET posicao = nova.posicao
        FROM unnest(${ids}::uuid[], ${posicoes}::text[]) AS nova (id, posicao)
        WHERE organizacao_id = ${organizacaoId}::uuid AND oportunidade.id = nova.id
          AND oportunidade.posicao IS NOT NULL`;
    },
  };
};

export type QuadroRepository = ReturnType<typeof createQuadroRepository>;
