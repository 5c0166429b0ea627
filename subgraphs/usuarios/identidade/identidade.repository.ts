import type { Prisma, Usuario as Stored } from '../../../prisma/usuarios/client/client';
import type { Perfil } from '../membro/membro.type';
import type { Vinculo } from '../sessao/vinculo';

/** A person as it is stored. */
export type NovoUsuario = Stored;

/** What is known of who gave an e-mail, before the password was checked. */
export type Credencial = {
  readonly usuarioId: string;
  readonly senhaHash: string;
  readonly ativo: boolean;
  /** With the organization used last, or else the oldest; null without an active one. */
  readonly vinculo: Vinculo | null;
};

type CredencialRow = Omit<Credencial, 'vinculo'> & {
  readonly organizacaoId: string | null;
  readonly perfil: Perfil | null;
};

type Renovacao = {
  readonly tokenHash: string;
  readonly novoTokenHash: string;
  readonly agora: Date;
};

/** 'teia' in ASCII, and the fourth use of it. */
const installationLock = [0x74656961, 4] as const;

/** What has to be known before any organization is. */
export const createIdentidadeRepository = (db: Prisma.TransactionClient) => ({
  /** One statement whether or not there is such a person: its time must not tell. */
  credencialPorEmail: async (email: string): Promise<Credencial | null> => {
    const [row] = await db.$queryRaw<CredencialRow[]>`
      SELECT usuario.id AS "usuarioId", usuario.senha_hash AS "senhaHash", usuario.ativo,
        vinculo.organizacao_id AS "organizacaoId", vinculo.perfil
      FROM usuario
      LEFT JOIN LATERAL (
        SELECT membro.organizacao_id, membro.perfil FROM membro
        WHERE membro.usuario_id = usuario.id AND membro.ativo
        ORDER BY (
          SELECT max(usada_em) FROM sessao
          WHERE sessao.organizacao_id = membro.organizacao_id AND sessao.usuario_id = membro.usuario_id
        ) DESC NULLS LAST, membro.criado_em, membro.id
        LIMIT 1
      ) AS vinculo ON true
      WHERE usuario.email = ${email}`;
    if (!row) return null;
    const { organizacaoId, perfil, ...pessoa } = row;
    const vinculo = organizacaoId && perfil && { usuarioId: pessoa.usuarioId, organizacaoId, perfil };
    return { ...pessoa, vinculo: vinculo || null };
  },

  /** False when the e-mail is somebody's already. */
  inserirUsuario: async (usuario: Stored): Promise<boolean> => {
    const { count } = await db.usuario.createMany({ data: usuario, skipDuplicates: true });
    return count === 1;
  },

  /** Puts the new token in the place of the old one; null when that is not, or no longer, worth anything. */
  renovarSessao: async ({
    tokenHash,
    novoTokenHash,
    agora,
  }: Renovacao): Promise<(Vinculo & { readonly sessaoId: string }) | null> => {
    const [renovada] = await db.$queryRaw<(Vinculo & { sessaoId: string })[]>`
      UPDATE sessao SET token_hash = ${novoTokenHash}, usada_em = ${agora}::timestamptz
      FROM membro JOIN usuario ON usuario.id = membro.usuario_id
      WHERE sessao.token_hash = ${tokenHash} AND revogada_em IS NULL AND expira_em > ${agora}::timestamptz
        AND membro.organizacao_id = sessao.organizacao_id AND membro.usuario_id = sessao.usuario_id
        AND membro.ativo AND usuario.ativo
      RETURNING sessao.id AS "sessaoId", sessao.usuario_id AS "usuarioId",
        sessao.organizacao_id AS "organizacaoId", membro.perfil`;
    return renovada ?? null;
  },

  haOrganizacao: async (): Promise<boolean> =>
    (await db.organizacao.findFirst({ select: { id: true } })) !== null,

  /** Lets one process at a time see whether there is an organization and make the first. */
  travarInstalacao: async (): Promise<void> => {
    await db.$executeRaw`SELECT pg_advisory_xact_lock(${installationLock[0]}::int, ${installationLock[1]}::int)`;
  },
});

export type IdentidadeRepository = ReturnType<typeof createIdentidadeRepository>;
