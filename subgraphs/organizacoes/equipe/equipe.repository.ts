import { lockByName } from '../../../platform/db/lock-by-name';
import { selectAll } from '../../../platform/db/sql';
import { Prisma, type Equipe as Stored } from '../../../prisma/organizacoes/client/client';
import type { Equipe } from './equipe.type';

const toEquipe = ({ organizacaoId: _, ...row }: Stored): Equipe => row;

/** The equipes of one organization. */
export const createEquipeRepository = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  porIds: async (ids: readonly string[]): Promise<Equipe[]> =>
    (await db.equipe.findMany({ where: { organizacaoId, id: { in: [...ids] } } })).map(toEquipe),

  /** Oldest first. */
  listar: async (ativo: boolean): Promise<Equipe[]> =>
    (await db.equipe.findMany({ where: { organizacaoId, ativo }, orderBy: { id: 'asc' } })).map(toEquipe),

  /** How many there are; others wait to count until the transaction ends. */
  contarTravando: async (): Promise<number> => {
    await lockByName(db, 'equipe', organizacaoId);
    return db.equipe.count({ where: { organizacaoId } });
  },

  /** The equipe as it is now, and as it and its members stay for others until the transaction ends. */
  travar: async (id: string): Promise<Equipe | null> => {
    const [row] = await db.$queryRaw<Stored[]>`
      SELECT ${selectAll(Prisma.EquipeScalarFieldEnum, 'e')} FROM equipe e
      WHERE e.organizacao_id = ${organizacaoId}::uuid AND e.id = ${id}::uuid FOR NO KEY UPDATE`;
    return row ? toEquipe(row) : null;
  },

  inserir: async (equipe: Equipe): Promise<void> => {
    await db.equipe.create({ data: { ...equipe, organizacaoId } });
  },

  /** Writes over the stored one; it must be locked. */
  gravar: async ({ id, ...fields }: Equipe): Promise<void> => {
    await db.equipe.updateMany({ where: { organizacaoId, id }, data: fields });
  },
});

export type EquipeRepository = ReturnType<typeof createEquipeRepository>;
