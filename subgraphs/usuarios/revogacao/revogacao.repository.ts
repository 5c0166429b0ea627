import type { Environment } from '../../../platform/environment';
import type { Prisma } from '../../../prisma/usuarios/client/client';

/** Whose access tokens are refused: those of one session, or all of one person. */
export type AlvoDaRevogacao = { readonly sessaoId: string } | { readonly usuarioId: string };

export type RevogacaoRegistrada = {
  readonly sessaoId: string | null;
  readonly usuarioId: string | null;
  readonly desde: Date;
};

/**
 * What ends access before its tokens expire. A token takes its instant while what it says is locked FOR SHARE, an
 * entry while that is locked exclusively: so no token with the old rights is younger than the entry.
 */
export const createRevogacaoRepository = (db: Prisma.TransactionClient, novoId: Environment['novoId']) => ({
  /**
   * Refuses every access token that was issued until now.
   *
   * @param agora read after the lock on what changes was taken. The entry begins one millisecond later: a token of
   * the same millisecond may be older.
   */
  registrar: async (alvos: AlvoDaRevogacao | readonly AlvoDaRevogacao[], agora: Date): Promise<void> => {
    const desde = new Date(agora.getTime() + 1);
    const data = [alvos].flat().map((alvo) => ({ id: novoId(), ...alvo, desde }));
    await db.revogacao.createMany({ data });
  },

  /** Those that begin at an instant or later, the oldest first. */
  desde: (desde: Date): Promise<RevogacaoRegistrada[]> =>
    db.revogacao.findMany({
      select: { sessaoId: true, usuarioId: true, desde: true },
      where: { desde: { gte: desde } },
      orderBy: [{ desde: 'asc' }, { id: 'asc' }],
    }),
});

export type RevogacaoRepository = ReturnType<typeof createRevogacaoRepository>;
