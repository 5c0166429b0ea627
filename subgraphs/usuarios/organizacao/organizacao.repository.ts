import type { Prisma, Organizacao as Stored } from '../../../prisma/usuarios/client/client';
import type { Organizacao } from './organizacao.type';

/** One organization's own row. */
export const createOrganizacaoRepository = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  /** Of these organizations the one, if any. */
  porIds: (ids: readonly string[]): Promise<Organizacao[]> =>
    db.organizacao.findMany({
      select: { id: true, nome: true },
      where: { id: { in: [...ids], equals: organizacaoId } },
    }),

  inserir: async (organizacao: Omit<Stored, 'id'>): Promise<void> => {
    await db.organizacao.createMany({ data: { ...organizacao, id: organizacaoId } });
  },
});
