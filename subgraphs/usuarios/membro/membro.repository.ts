import type { Prisma, Membro as Stored } from '../../../prisma/usuarios/client/client';

/** Who belongs to one organization. */
export const createMembroRepository = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  inserir: async (membro: Omit<Stored, 'organizacaoId'>): Promise<void> => {
    await db.membro.createMany({ data: { ...membro, organizacaoId } });
  },
});
