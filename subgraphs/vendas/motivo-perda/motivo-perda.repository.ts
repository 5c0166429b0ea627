import { lockByName } from '../../../platform/db/lock-by-name';
import type { Prisma, MotivoPerda as Stored } from '../../../prisma/vendas/client/client';
import type { MotivoPerda } from './motivo-perda.type';

const toMotivoPerda = ({ organizacaoId: _, ...row }: Stored): MotivoPerda => row;

/** The reasons for losing of one organization. */
export const createMotivoPerdaRepository = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  porIds: async (ids: readonly string[]): Promise<MotivoPerda[]> =>
    (await db.motivoPerda.findMany({ where: { organizacaoId, id: { in: [...ids] } } })).map(toMotivoPerda),

  /** Oldest first. */
  listar: async (ativo: boolean): Promise<MotivoPerda[]> =>
    (await db.motivoPerda.findMany({ where: { organizacaoId, ativo }, orderBy: { id: 'asc' } })).map(
      toMotivoPerda,
    ),

  /** How many there are; others wait to count until the transaction ends. */
  contarTravando: async (): Promise<number> => {
    await lockByName(db, 'motivo_perda', organizacaoId);
    return db.motivoPerda.count({ where: { organizacaoId } });
  },

  inserir: async (motivo: MotivoPerda): Promise<void> => {
    await db.motivoPerda.create({ data: { ...motivo, organizacaoId } });
  },

  /** Writes over the stored one when that still has the version before; false when it does not. */
  gravar: async (motivo: MotivoPerda): Promise<boolean> => {
    const { count } = await db.motivoPerda.updateMany({
      where: { organizacaoId, id: motivo.id, versao: motivo.versao - 1 },
      data: motivo,
    });
    return count === 1;
  },
});

export type MotivoPerdaRepository = ReturnType<typeof createMotivoPerdaRepository>;
