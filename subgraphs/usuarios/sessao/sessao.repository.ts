import type { Prisma, Sessao as Stored } from '../../../prisma/usuarios/client/client';

/** A session as it begins. */
export type NovaSessao = Omit<Stored, 'organizacaoId' | 'revogadaEm'>;

type Encerramento = { readonly id: string; readonly usuarioId: string; readonly agora: Date };

/** The sessions in one organization. */
export const createSessaoRepository = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  inserir: async (sessao: NovaSessao): Promise<void> => {
    await db.sessao.createMany({ data: { ...sessao, organizacaoId } });
  },

  /** False when it has ended already, or is not that person's. */
  revogar: async ({ id, usuarioId, agora }: Encerramento): Promise<boolean> => {
    const { count } = await db.sessao.updateMany({
      where: { organizacaoId, id, usuarioId, revogadaEm: null },
      data: { revogadaEm: agora },
    });
    return count === 1;
  },
});
