import { fold } from '../../../platform/text';
import { Prisma } from '../../../prisma/usuarios/client/client';
import { type ConcessaoEscrita, listarConcessoes, permissoesDoPerfil } from './concessoes';
import type { Perfil } from './perfil.type';

type Row = Omit<Perfil, 'concessoes'> & { readonly concessoes: readonly ConcessaoEscrita[] };

const columns = Prisma.sql`p.id, p.nome, p.embutido, p.versao, p.criado_em AS "criadoEm", (
  SELECT coalesce(jsonb_agg(jsonb_build_object('permissao', c.permissao, 'alcance', c.alcance)), '[]')
  FROM concessao c WHERE c.organizacao_id = p.organizacao_id AND c.perfil_id = p.id
) AS concessoes`;

const toPerfil = <Stored extends Row>(row: Stored) => ({
  ...row,
  concessoes: listarConcessoes(permissoesDoPerfil(row)),
});

/** The perfis of one organization, and who has which. */
export const createPerfilRepository = (db: Prisma.TransactionClient, organizacaoId: string) => {
  const conceder = async (perfis: readonly Pick<Row, 'id' | 'concessoes'>[]): Promise<void> => {
    const data = perfis.flatMap(({ id: perfilId, concessoes }) =>
      concessoes.map(({ permissao, alcance }) => ({ organizacaoId, perfilId, permissao, alcance })),
    );
    await db.concessao.createMany({ data });
  };

  return {
    porIds: async (ids: readonly string[]): Promise<Perfil[]> =>
      (
        await db.$queryRaw<Row[]>`
          SELECT ${columns} FROM perfil p
          WHERE p.organizacao_id = ${organizacaoId}::uuid AND p.id = ANY (${ids}::uuid[])`
      ).map(toPerfil),

    /** The built-in ones first, then the oldest. */
    listar: async (): Promise<Perfil[]> =>
      (
        await db.$queryRaw<Row[]>`
          SELECT ${columns} FROM perfil p WHERE p.organizacao_id = ${organizacaoId}::uuid
          ORDER BY p.embutido IS NULL, p.id`
      ).map(toPerfil),

    /** Of each Membro, in the order of `listar`. */
    dosMembros: async (membroIds: readonly string[]): Promise<(Perfil & { readonly membroId: string })[]> =>
      (
        await db.$queryRaw<(Row & { readonly membroId: string })[]>`
          SELECT mp.membro_id AS "membroId", ${columns}
          FROM membro_perfil mp JOIN perfil p ON p.organizacao_id = mp.organizacao_id AND p.id = mp.perfil_id
          WHERE mp.organizacao_id = ${organizacaoId}::uuid AND mp.membro_id = ANY (${membroIds}::uuid[])
          ORDER BY p.embutido IS NULL, p.id`
      ).map(toPerfil),

    contar: (): Promise<number> => db.perfil.count({ where: { organizacaoId } }),

    /** Whether another one has the name, however it is written. */
    haOutroComNome: async (nome: string, id: string): Promise<boolean> =>
      (await db.perfil.count({ where: { organizacaoId, chave: fold(nome), NOT: { id } } })) > 0,

    /** Locks a perfil until the transaction ends: nobody is given a token of it meanwhile. */
    travar: async (id: string): Promise<Perfil | null> => {
      const [row] = await db.$queryRaw<Row[]>`
        SELECT ${columns} FROM perfil p
        WHERE p.organizacao_id = ${organizacaoId}::uuid AND p.id = ${id}::uuid FOR UPDATE OF p`;
      return row ? toPerfil(row) : null;
    },

    inserir: async (perfis: readonly Row[]): Promise<void> => {
      await db.perfil.createMany({
        data: perfis.map(({ concessoes: _, ...perfil }) => ({
          ...perfil,
          organizacaoId,
          chave: fold(perfil.nome),
        })),
      });
      await conceder(perfis);
    },

    /** Writes over the stored one, which must be locked. */
    gravar: async ({ id, nome, versao, concessoes }: Perfil): Promise<void> => {
      const data = { nome, chave: fold(nome), versao };
      await db.perfil.updateMany({ where: { organizacaoId, id }, data });
      await db.concessao.deleteMany({ where: { organizacaoId, perfilId: id } });
      await conceder([{ id, concessoes }]);
    },

    apagar: async (id: string): Promise<void> => {
      await db.perfil.deleteMany({ where: { organizacaoId, id } });
    },

    /** Ids of all people who have it, also of those who are not active. */
    pessoasCom: async (id: string): Promise<string[]> => {
      const found = await db.membro.findMany({
        select: { usuarioId: true },
        where: { organizacaoId, perfis: { some: { organizacaoId, perfilId: id } } },
      });
      return found.map(({ usuarioId }) => usuarioId);
    },

    /** Makes these all the perfis that a Membro has. */
    atribuir: async (membroId: string, perfilIds: readonly string[]): Promise<void> => {
      await db.membroPerfil.deleteMany({ where: { organizacaoId, membroId } });
      await db.membroPerfil.createMany({
        data: perfilIds.map((perfilId) => ({ organizacaoId, membroId, perfilId })),
      });
    },
  };
};

export type PerfilRepository = ReturnType<typeof createPerfilRepository>;
