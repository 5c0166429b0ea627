import type { Prisma } from '../../../prisma/organizacoes/client/client';
import type { MembroDaEquipe } from './equipe.type';

/** Who is in the equipes of one organization. */
export const createMembroDaEquipeRepository = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  porEquipes: (equipeIds: readonly string[]): Promise<MembroDaEquipe[]> =>
    db.membroDaEquipe.findMany({
      select: { equipeId: true, usuarioId: true },
      where: { organizacaoId, equipeId: { in: [...equipeIds] } },
      orderBy: { usuarioId: 'asc' },
    }),

  inserir: async (membro: MembroDaEquipe): Promise<void> => {
    await db.membroDaEquipe.createMany({ data: { ...membro, organizacaoId } });
  },

  /** Whether they were in it. */
  apagar: async (membro: MembroDaEquipe): Promise<boolean> => {
    const { count } = await db.membroDaEquipe.deleteMany({ where: { ...membro, organizacaoId } });
    return count === 1;
  },
});

export type MembroDaEquipeRepository = ReturnType<typeof createMembroDaEquipeRepository>;
