import type { RawSql } from '../db/unit-of-work';

/** Who is in the equipes of one organization, as far as events told. */
export const createEquipeRepository = (db: RawSql, organizacaoId: string) => ({
  /** Leaves the equipe with these people and no others. */
  gravar: async (equipeId: string, usuarioIds: readonly string[]): Promise<void> => {
    await db.$executeRaw`
      DELETE FROM teia.equipe_membro
      WHERE organizacao_id = ${organizacaoId}::uuid AND equipe_id = ${equipeId}::uuid
        AND usuario_id <> ALL(${usuarioIds}::uuid[])`;
    await db.$executeRaw`
      INSERT INTO teia.equipe_membro (organizacao_id, equipe_id, usuario_id)
      SELECT ${organizacaoId}::uuid, ${equipeId}::uuid, unnest(${usuarioIds}::uuid[]) ON CONFLICT DO NOTHING`;
  },

  /** Ids of all who are in an equipe. */
  pessoasDe: async (equipeId: string): Promise<string[]> => {
    const rows = await db.$queryRaw<{ readonly id: string }[]>`
      SELECT usuario_id AS id FROM teia.equipe_membro
      WHERE organizacao_id = ${organizacaoId}::uuid AND equipe_id = ${equipeId}::uuid`;
    return rows.map(({ id }) => id);
  },

  /** Those of some people who are in any of some equipes. */
  colegas: (
    equipeIds: readonly string[],
    usuarioIds: readonly string[],
  ): Promise<{ readonly id: string }[]> =>
    db.$queryRaw`
      SELECT DISTINCT m.usuario_id AS id FROM teia.equipe_membro m
      WHERE m.organizacao_id = ${organizacaoId}::uuid AND m.equipe_id = ANY(${equipeIds}::uuid[])
        AND m.usuario_id = ANY(${usuarioIds}::uuid[])`,
});

export type EquipeRepository = ReturnType<typeof createEquipeRepository>;
