import type { Prisma } from '../../../prisma/usuarios/client/client';
import { type Concedente, permissoesDosPerfis } from '../perfil/concessoes';
import type { Vinculo } from './vinculo';

type Row = { readonly perfis: readonly Concedente[]; readonly equipes: readonly string[] };

/** What people may do in an organization at this moment, for the tokens that say so. */
export const createVinculoRepository = (db: Prisma.TransactionClient) => {
  /** Null when the person or the Membro is not there, or not active. */
  const ler = async (usuarioId: string, organizacaoId: string): Promise<Vinculo | null> => {
    const [row] = await db.$queryRaw<Row[]>`
      SELECT (
          SELECT coalesce(jsonb_agg(jsonb_build_object('embutido', perfil.embutido, 'concessoes', (
            SELECT coalesce(jsonb_agg(jsonb_build_object('permissao', permissao, 'alcance', alcance)), '[]')
            FROM concessao c WHERE c.organizacao_id = perfil.organizacao_id AND c.perfil_id = perfil.id
          ))), '[]')
          FROM membro_perfil mp
          JOIN perfil ON perfil.organizacao_id = mp.organizacao_id AND perfil.id = mp.perfil_id
          WHERE mp.organizacao_id = membro.organizacao_id AND mp.membro_id = membro.id
        ) AS perfis,
        ARRAY(
          SELECT equipe_id::text FROM teia.equipe_membro em
          WHERE em.organizacao_id = membro.organizacao_id AND em.usuario_id = membro.usuario_id
          ORDER BY equipe_id
        ) AS equipes
      FROM membro JOIN usuario ON usuario.id = membro.usuario_id
      WHERE membro.organizacao_id = ${organizacaoId}::uuid AND membro.usuario_id = ${usuarioId}::uuid
        AND membro.ativo AND usuario.ativo`;
    if (!row) return null;
    return { usuarioId, organizacaoId, permissoes: permissoesDosPerfis(row.perfis), equipes: row.equipes };
  };

  return {
    ler,

    /**
     * What a token may say until this transaction ends: whoever wants to change that waits for it, or was waited
     * for. So a token whose instant is read after this is younger than the change that it knows, and older than
     * the next. Null when the person or the Membro is not there, or not active.
     */
    travar: async (usuarioId: string, organizacaoId: string): Promise<Vinculo | null> => {
      const [membro] = await db.$queryRaw<{ id: string }[]>`
        SELECT membro.id FROM usuario JOIN membro ON membro.usuario_id = usuario.id
        WHERE usuario.id = ${usuarioId}::uuid AND membro.organizacao_id = ${organizacaoId}::uuid
          AND usuario.ativo AND membro.ativo
        FOR SHARE OF usuario, membro`;
      if (!membro) return null;
      // A statement sees what was committed before it began: each of these begins when the locks before it are held.
      await db.$executeRaw`
        SELECT perfil.id FROM membro_perfil mp
        JOIN perfil ON perfil.organizacao_id = mp.organizacao_id AND perfil.id = mp.perfil_id
        WHERE mp.organizacao_id = ${organizacaoId}::uuid AND mp.membro_id = ${membro.id}::uuid
        ORDER BY perfil.id
        FOR SHARE OF perfil`;
      return ler(usuarioId, organizacaoId);
    },
  };
};

export type VinculoRepository = ReturnType<typeof createVinculoRepository>;
