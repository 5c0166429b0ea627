import type { Prisma, Usuario as Stored } from '../../../prisma/usuarios/client/client';

/** A person as it is stored. */
export type NovoUsuario = Stored;

/** What is known of who gave an e-mail, before the password was checked. */
export type Credencial = {
  readonly usuarioId: string;
  readonly email: string;
  readonly senhaHash: string;
  readonly ativo: boolean;
  /** The organization used last, or else the oldest, of those where the person is an active member; null without one. */
  readonly organizacaoId: string | null;
};

export type OrganizacaoDaPessoa = { readonly id: string; readonly nome: string };

/** 'teia' in ASCII, and the fourth use of it. */
const installationLock = [0x74656961, 4] as const;

/** What has to be known before any organization is, and what belongs to none. */
export const createIdentidadeRepository = (db: Prisma.TransactionClient) => ({
  /** One statement whether or not there is such a person: its time must not tell. */
  credencialPorEmail: async (email: string): Promise<Credencial | null> => {
    const [credencial] = await db.$queryRaw<Credencial[]>`
      SELECT usuario.id AS "usuarioId", usuario.email, usuario.senha_hash AS "senhaHash", usuario.ativo, (
        SELECT membro.organizacao_id FROM membro
        WHERE membro.usuario_id = usuario.id AND membro.ativo
        ORDER BY (
          SELECT max(usada_em) FROM sessao
          WHERE sessao.organizacao_id = membro.organizacao_id AND sessao.usuario_id = membro.usuario_id
        ) DESC NULLS LAST, membro.criado_em, membro.id
        LIMIT 1
      ) AS "organizacaoId"
      FROM usuario WHERE usuario.email = ${email}`;
    return credencial ?? null;
  },

  /** Of an active person. */
  credencialPorId: (usuarioId: string): Promise<Pick<Stored, 'email' | 'senhaHash'> | null> =>
    db.usuario.findFirst({
      select: { email: true, senhaHash: true },
      where: { id: usuarioId, ativo: true },
    }),

  /** Whether this is still how the password is stored: it may have been changed while it was being checked. */
  temSenha: async (usuarioId: string, senhaHash: string): Promise<boolean> =>
    (await db.usuario.findFirst({ select: { id: true }, where: { id: usuarioId, senhaHash } })) !== null,

  /** Keeps an active person as they are until the transaction ends: no session begins or goes on meanwhile. */
  travarUsuario: async (usuarioId: string): Promise<Pick<Stored, 'senhaHash'> | null> => {
    const [usuario] = await db.$queryRaw<Pick<Stored, 'senhaHash'>[]>`
      SELECT senha_hash AS "senhaHash" FROM usuario WHERE id = ${usuarioId}::uuid AND ativo FOR NO KEY UPDATE`;
    return usuario ?? null;
  },

  definirSenha: async (usuarioId: string, senhaHash: string): Promise<void> => {
    await db.usuario.updateMany({ where: { id: usuarioId }, data: { senhaHash } });
  },

  /** False when the person was so already, or is not there; otherwise the row is locked until the transaction ends. */
  definirAtivo: async (usuarioId: string, ativo: boolean): Promise<boolean> => {
    const { count } = await db.usuario.updateMany({
      where: { id: usuarioId, ativo: !ativo },
      data: { ativo },
    });
    return count === 1;
  },

  /** Where the person is an active member, in the order of their names. */
  organizacoesDe: (usuarioId: string): Promise<OrganizacaoDaPessoa[]> =>
    db.$queryRaw<OrganizacaoDaPessoa[]>`
      SELECT organizacao.id, organizacao.nome
      FROM membro JOIN organizacao ON organizacao.id = membro.organizacao_id
      WHERE membro.usuario_id = ${usuarioId}::uuid AND membro.ativo
      ORDER BY organizacao.nome, organizacao.id`,

  /** Lets nobody else change who may do what in the person's organizations until the transaction ends. */
  travarOrganizacoesDe: async (usuarioId: string): Promise<void> => {
    await db.$executeRaw`
      SELECT FROM organizacao WHERE id IN (SELECT organizacao_id FROM membro WHERE usuario_id = ${usuarioId}::uuid)
      ORDER BY id FOR NO KEY UPDATE`;
  },

  /** Whether some organization has nobody else who administers it: an active person by an active tie. */
  ehUltimoAdministrador: async (usuarioId: string): Promise<boolean> => {
    const [{ ultimo } = { ultimo: false }] = await db.$queryRaw<{ ultimo: boolean }[]>`
      WITH administrador AS (
        SELECT membro.organizacao_id, membro.usuario_id
        FROM membro
        JOIN usuario ON usuario.id = membro.usuario_id
        JOIN membro_perfil mp ON mp.organizacao_id = membro.organizacao_id AND mp.membro_id = membro.id
        JOIN perfil ON perfil.organizacao_id = mp.organizacao_id AND perfil.id = mp.perfil_id
        WHERE membro.ativo AND usuario.ativo AND perfil.embutido = 'ADMINISTRADOR'
          AND membro.organizacao_id IN (SELECT organizacao_id FROM membro WHERE usuario_id = ${usuarioId}::uuid)
      )
      SELECT EXISTS (
        SELECT FROM administrador GROUP BY organizacao_id
        HAVING bool_and(usuario_id = ${usuarioId}::uuid)
      ) AS ultimo`;
    return ultimo;
  },

  /** False when the e-mail is somebody's already. */
  inserirUsuario: async (usuario: Stored): Promise<boolean> => {
    const { count } = await db.usuario.createMany({ data: usuario, skipDuplicates: true });
    return count === 1;
  },

  haOrganizacao: async (): Promise<boolean> =>
    (await db.organizacao.findFirst({ select: { id: true } })) !== null,

  /** Lets one process at a time see whether there is an organization and make the first. */
  travarInstalacao: async (): Promise<void> => {
    await db.$executeRaw`SELECT pg_advisory_xact_lock(${installationLock[0]}::int, ${installationLock[1]}::int)`;
  },
});

export type IdentidadeRepository = ReturnType<typeof createIdentidadeRepository>;
