import { keysetSql } from '../../../platform/db/sql';
import type { PageRequest } from '../../../platform/pagination/page-request';
import type { Prisma, Membro as Stored } from '../../../prisma/usuarios/client/client';
import { membroOrder } from './membro.orders';
import { type MembroRow, membroColumns, membroTables, toMembro } from './membro.stored';
import type { Membro, MembroFiltro } from './membro.type';

/** A Membro without what it ties together. */
export type MembroTravado = Omit<Stored, 'organizacaoId'>;

/** Who belongs to one organization. */
export const createMembroRepository = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  porIds: async (ids: readonly string[]): Promise<Membro[]> =>
    (
      await db.$queryRaw<MembroRow[]>`
        SELECT ${membroColumns} FROM ${membroTables}
        WHERE membro.organizacao_id = ${organizacaoId}::uuid AND membro.id = ANY (${ids}::uuid[])`
    ).map(toMembro),

  /** The page's rows in the direction of travel, and one more when there are more. */
  listar: async ({ ativo }: MembroFiltro, request: PageRequest): Promise<Membro[]> => {
    const { after, orderBy, limit } = keysetSql(membroOrder, request, 'membro');
    const found = await db.$queryRaw<MembroRow[]>`
      SELECT ${membroColumns} FROM ${membroTables}
      WHERE membro.organizacao_id = ${organizacaoId}::uuid AND membro.ativo = ${ativo} ${after}
      ${orderBy} ${limit}`;
    return found.map(toMembro);
  },

  contar: ({ ativo }: MembroFiltro): Promise<number> => db.membro.count({ where: { organizacaoId, ativo } }),

  /** Locks a Membro until the transaction ends: the person is given no token meanwhile. */
  travar: async (id: string): Promise<MembroTravado | null> => {
    await db.$executeRaw`
      SELECT FROM membro WHERE organizacao_id = ${organizacaoId}::uuid AND id = ${id}::uuid FOR NO KEY UPDATE`;
    return db.membro.findFirst({ omit: { organizacaoId: true }, where: { organizacaoId, id } });
  },

  /** Locks the Membro of a person, as `travar` does. */
  travarDaPessoa: async (usuarioId: string): Promise<MembroTravado | null> => {
    await db.$executeRaw`
      SELECT FROM membro WHERE organizacao_id = ${organizacaoId}::uuid AND usuario_id = ${usuarioId}::uuid
      FOR NO KEY UPDATE`;
    return db.membro.findFirst({ omit: { organizacaoId: true }, where: { organizacaoId, usuarioId } });
  },

  /** Of whoever has the address, active or not. */
  comEmail: (email: string): Promise<MembroTravado | null> =>
    db.membro.findFirst({ omit: { organizacaoId: true }, where: { organizacaoId, usuario: { email } } }),

  /**
   * Locks these people's, as `travar` does, in one order whoever asks.
   *
   * @returns those who have one.
   */
  travarDasPessoas: async (usuarioIds: readonly string[]): Promise<string[]> => {
    const rows = await db.$queryRaw<{ readonly usuarioId: string }[]>`
      SELECT usuario_id AS "usuarioId" FROM membro
      WHERE organizacao_id = ${organizacaoId}::uuid AND usuario_id = ANY (${usuarioIds}::uuid[])
      ORDER BY id FOR NO KEY UPDATE`;
    return rows.map(({ usuarioId }) => usuarioId);
  },

  inserir: async (membro: MembroTravado): Promise<void> => {
    await db.membro.createMany({ data: { ...membro, organizacaoId } });
  },

  /** Writes over the stored one, which must be locked. */
  gravar: async ({ id, ativo, versao }: MembroTravado): Promise<void> => {
    await db.membro.updateMany({ where: { organizacaoId, id }, data: { ativo, versao } });
  },

  /** Whether anybody but this Membro administers the organization: an active person by an active tie. */
  haOutroAdministrador: async (id: string): Promise<boolean> =>
    (await db.membro.findFirst({
      select: { id: true },
      where: {
        organizacaoId,
        ativo: true,
        usuario: { ativo: true },
        perfis: { some: { organizacaoId, perfil: { organizacaoId, embutido: 'ADMINISTRADOR' } } },
        NOT: { id },
      },
    })) !== null,
});

export type MembroRepository = ReturnType<typeof createMembroRepository>;
