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

  /** Lets nobody else change who may do what in the organization until the transaction ends; false without one. */
  travar: async (): Promise<boolean> => {
    const found = await db.$queryRaw<object[]>`
      SELECT id FROM organizacao WHERE id = ${organizacaoId}::uuid FOR NO KEY UPDATE`;
    return found.length === 1;
  },

  inserir: async (organizacao: Omit<Stored, 'id'>): Promise<void> => {
    await db.organizacao.createMany({ data: { ...organizacao, id: organizacaoId } });
  },
});
