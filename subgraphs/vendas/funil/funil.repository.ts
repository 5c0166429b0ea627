import { lockByName } from '../../../platform/db/lock-by-name';
import { selectAll } from '../../../platform/db/sql';
import { Prisma, type Funil as Stored } from '../../../prisma/vendas/client/client';
import type { Funil } from './funil.type';

const toFunil = ({ organizacaoId: _, ...row }: Stored): Funil => row;

/** The funis of one organization. */
export const createFunilRepository = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  porIds: async (ids: readonly string[]): Promise<Funil[]> =>
    (await db.funil.findMany({ where: { organizacaoId, id: { in: [...ids] } } })).map(toFunil),

  /** Oldest first. */
  listar: async (ativo: boolean): Promise<Funil[]> =>
    (await db.funil.findMany({ where: { organizacaoId, ativo }, orderBy: { id: 'asc' } })).map(toFunil),

  /** How many there are; others wait to count until the transaction ends. */
  contarTravando: async (): Promise<number> => {
    await lockByName(db, 'funil', organizacaoId);
    return db.funil.count({ where: { organizacaoId } });
  },

  /** The funil as it is now, and as it and the order of its etapas stay for others until the transaction ends. */
  travar: async (id: string): Promise<Funil | null> => {
    const [row] = await db.$queryRaw<Stored[]>`
      SELECT ${selectAll(Prisma.FunilScalarFieldEnum, 'f')} FROM funil f
      WHERE f.organizacao_id = ${organizacaoId}::uuid AND f.id = ${id}::uuid FOR NO KEY UPDATE`;
    return row ? toFunil(row) : null;
  },

  inserir: async (funil: Funil): Promise<void> => {
    await db.funil.create({ data: { ...funil, organizacaoId } });
  },

  /** Writes over the stored one when that still has the version before; false when it does not. */
  gravar: async (funil: Funil): Promise<boolean> => {
    const { count } = await db.funil.updateMany({
      where: { organizacaoId, id: funil.id, versao: funil.versao - 1 },
      data: funil,
    });
    return count === 1;
  },
});

export type FunilRepository = ReturnType<typeof createFunilRepository>;
