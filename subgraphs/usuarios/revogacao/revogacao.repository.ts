import type { Environment } from '../../../platform/environment';
import type { Prisma } from '../../../prisma/usuarios/client/client';

/**
 * Whose access tokens are refused: those of one session, or those of one person, all of them or only those for one
 * organization. What one organization decides is of its own tokens: people work in others as well.
 */
export type AlvoDaRevogacao =
  | { readonly sessaoId: string }
  | { readonly usuarioId: string; readonly organizacaoId?: string };

export type RevogacaoRegistrada = {
  readonly sessaoId: string | null;
  readonly usuarioId: string | null;
  /** Null is everywhere. */
  readonly organizacaoId: string | null;
  readonly desde: Date;
};

export type RevogacoesLidas = {
  /** By the database's clock: what committed before is among them. */
  readonly lidasAte: Date;
  /** The latest of each session, of each person, and of each person in an organization. */
  readonly entradas: readonly RevogacaoRegistrada[];
};

/**
 * What ends access before its tokens expire. A token takes its instant while what it says is locked FOR SHARE, an
 * entry while that is locked exclusively: so no token with the old rights is younger than the entry.
 *
 * @param aoRegistrar called when there is an entry, which has yet to commit.
 */
export const createRevogacaoRepository = (
  db: Prisma.TransactionClient,
  novoId: Environment['novoId'],
  aoRegistrar: () => void,
) => ({
  /**
   * Refuses every access token that was issued until now.
   *
   * @param agora read after the lock on what changes was taken. The entry begins one millisecond later: a token of
   * the same millisecond may be older.
   */
  registrar: async (alvos: AlvoDaRevogacao | readonly AlvoDaRevogacao[], agora: Date): Promise<void> => {
    const desde = new Date(agora.getTime() + 1);
    const data = [alvos].flat().map((alvo) => ({ id: novoId(), ...alvo, desde }));
    if (data.length === 0) return;
    await db.revogacao.createMany({ data });
    aoRegistrar();
  },
});

export type RevogacaoRepository = ReturnType<typeof createRevogacaoRepository>;

/** What the routers read. */
export const createRevogacoesLidasRepository = (db: Prisma.TransactionClient) => ({
  /** Those registered at an instant of the database's clock or later; without one, all that there are. */
  registradasDesde: async (instante: Date | null): Promise<RevogacoesLidas> => {
    // The clock of the transaction, which begins before the statement sees anything.
    const rows = await db.$queryRaw<({ lidasAte: Date } & RevogacaoRegistrada)[]>`
      SELECT relogio.agora AS "lidasAte", entrada.*
      FROM (SELECT now() AS agora) AS relogio
      LEFT JOIN (
        SELECT sessao_id AS "sessaoId", usuario_id AS "usuarioId", organizacao_id AS "organizacaoId", max(desde) AS desde
        FROM revogacao
        WHERE registrada_em >= coalesce(${instante}::timestamptz, '-infinity')
        GROUP BY sessao_id, usuario_id, organizacao_id
      ) AS entrada ON true`;
    return {
      lidasAte: rows[0]!.lidasAte,
      entradas: rows.filter(({ desde }) => desde !== null),
    };
  },
});
