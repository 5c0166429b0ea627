import type { Prisma } from '../../../prisma/usuarios/client/client';
import type { Perfil } from '../membro/membro.type';
import type { Usuario } from './usuario.type';

type Row = {
  readonly id: string;
  readonly nome: string;
  readonly email: string;
  readonly membroId: string;
  readonly perfil: Perfil;
  readonly desde: Date;
  readonly organizacao: string;
};

/** The people who are or were members of one organization. */
export const createUsuarioRepository = (db: Prisma.TransactionClient, organizacaoId: string) => ({
  porIds: async (ids: readonly string[]): Promise<Usuario[]> => {
    const rows = await db.$queryRaw<Row[]>`
      SELECT usuario.id, usuario.nome, usuario.email, membro.id AS "membroId", membro.perfil,
        membro.criado_em AS "desde", organizacao.nome AS "organizacao"
      FROM membro
      JOIN usuario ON usuario.id = membro.usuario_id
      JOIN organizacao ON organizacao.id = membro.organizacao_id
      WHERE membro.organizacao_id = ${organizacaoId}::uuid AND membro.usuario_id = ANY (${ids}::uuid[])`;
    return rows.map(({ id, nome, email, membroId, perfil, desde, organizacao }) => ({
      id,
      nome,
      email,
      vinculo: { id: membroId, perfil, desde, organizacao: { id: organizacaoId, nome: organizacao } },
    }));
  },
});
