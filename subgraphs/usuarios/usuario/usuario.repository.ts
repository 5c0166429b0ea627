import type { Prisma } from '../../../prisma/usuarios/client/client';
import { type MembroRow, membroColumns, membroTables, toMembro } from '../membro/membro.stored';
import type { Usuario } from './usuario.type';

/** The people who are or were members of one organization. */
export const createUsuarioRepository = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  porIds: async (ids: readonly string[]): Promise<Usuario[]> => {
    const rows = await db.$queryRaw<MembroRow[]>`
      SELECT ${membroColumns} FROM ${membroTables}
      WHERE membro.organizacao_id = ${organizacaoId}::uuid AND membro.usuario_id = ANY (${ids}::uuid[])`;
    return rows.map((row) => toMembro(row).usuario);
  },
});
