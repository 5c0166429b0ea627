import type { Prisma, Sessao as Stored } from '../../../prisma/usuarios/client/client';

/** A session as it begins. */
export type NovaSessao = Omit<Stored, 'revogadaEm'>;

/** Whose session it is, and where. */
export type DonoDaSessao = {
  readonly sessaoId: string;
  readonly usuarioId: string;
  readonly organizacaoId: string;
};

/** A session that is locked, and what became of one of its refresh tokens. */
export type SessaoTravada = {
  readonly tokenHash: string;
  readonly expiraEm: Date;
  readonly revogadaEm: Date | null;
  /** When the token was exchanged for another; null while it was not. */
  readonly usadoEm: Date | null;
};

type Renovacao = {
  readonly sessaoId: string;
  readonly tokenHash: string;
  readonly novoTokenHash: string;
  readonly agora: Date;
  readonly ip: string | null;
  readonly userAgent: string | null;
};

/** Which active sessions of a person: all of them, but for what is said here. */
type Quais = {
  readonly id?: string;
  readonly organizacaoId?: string;
  readonly exceto?: string;
};

/** A session as its owner sees it. */
export type SessaoAtiva = {
  readonly id: string;
  readonly criadaEm: Date;
  readonly usadaEm: Date;
  readonly expiraEm: Date;
  readonly endereco: string | null;
  readonly dispositivo: string | null;
  readonly organizacao: { readonly id: string; readonly nome: string };
};

/** More than these nobody looks through. */
const longestList = 100;

/** The sessions of people, wherever they are signed in: only the scope of identity sees them. */
export const createSessaoRepository = (db: Prisma.TransactionClient) => ({
  inserir: async (sessao: NovaSessao): Promise<void> => {
    await db.sessao.createMany({ data: sessao });
  },

  /** The session that a refresh token renews, or once renewed. */
  doToken: async (tokenHash: string): Promise<DonoDaSessao | null> => {
    const [dono] = await db.$queryRaw<DonoDaSessao[]>`
      SELECT id AS "sessaoId", usuario_id AS "usuarioId", organizacao_id AS "organizacaoId" FROM sessao
      WHERE token_hash = ${tokenHash} OR id = (SELECT sessao_id FROM token_usado WHERE hash = ${tokenHash})`;
    return dono ?? null;
  },

  /** Locks a session until the transaction ends. */
  travar: async (sessaoId: string, tokenHash: string): Promise<SessaoTravada | null> => {
    await db.$queryRaw`SELECT FROM sessao WHERE id = ${sessaoId}::uuid FOR NO KEY UPDATE`;
    // Not in the statement that waited for the lock: that would not see what was exchanged in the meantime.
    const [travada] = await db.$queryRaw<SessaoTravada[]>`
      SELECT token_hash AS "tokenHash", expira_em AS "expiraEm", revogada_em AS "revogadaEm",
        (SELECT usado_em FROM token_usado WHERE hash = ${tokenHash}) AS "usadoEm"
      FROM sessao WHERE id = ${sessaoId}::uuid`;
    return travada ?? null;
  },

  /** Puts a new token in the place of the one that was used. */
  renovar: async ({ sessaoId, tokenHash, novoTokenHash, agora, ip, userAgent }: Renovacao): Promise<void> => {
    await db.tokenUsado.createMany({ data: { hash: tokenHash, sessaoId, usadoEm: agora } });
    await db.sessao.updateMany({
      where: { id: sessaoId },
      data: { tokenHash: novoTokenHash, usadaEm: agora, ip, userAgent },
    });
  },

  /** Locks the active sessions of a person until the transaction ends. */
  travarAtivas: (usuarioId: string, { id, organizacaoId, exceto }: Quais = {}): Promise<DonoDaSessao[]> =>
    db.$queryRaw<DonoDaSessao[]>`
      SELECT id AS "sessaoId", usuario_id AS "usuarioId", organizacao_id AS "organizacaoId" FROM sessao
      WHERE usuario_id = ${usuarioId}::uuid AND revogada_em IS NULL
        AND (${id ?? null}::uuid IS NULL OR id = ${id ?? null}::uuid)
        AND (${organizacaoId ?? null}::uuid IS NULL OR organizacao_id = ${organizacaoId ?? null}::uuid)
        AND (${exceto ?? null}::uuid IS NULL OR id <> ${exceto ?? null}::uuid)
      ORDER BY id FOR NO KEY UPDATE`,

  encerrar: async (ids: readonly string[], agora: Date): Promise<void> => {
    await db.sessao.updateMany({ where: { id: { in: [...ids] } }, data: { revogadaEm: agora } });
  },

  /** The person's sessions that can still be renewed, the one used last first. */
  ativas: (usuarioId: string, agora: Date): Promise<SessaoAtiva[]> =>
    db.$queryRaw<SessaoAtiva[]>`
      SELECT sessao.id, sessao.criada_em AS "criadaEm", usada_em AS "usadaEm", expira_em AS "expiraEm",
        host(ip) AS "endereco", user_agent AS "dispositivo",
        jsonb_build_object('id', organizacao.id, 'nome', organizacao.nome) AS "organizacao"
      FROM sessao JOIN organizacao ON organizacao.id = organizacao_id
      WHERE usuario_id = ${usuarioId}::uuid AND revogada_em IS NULL AND expira_em > ${agora}::timestamptz
      ORDER BY usada_em DESC, sessao.id DESC LIMIT ${longestList}::int`,
});

export type SessaoRepository = ReturnType<typeof createSessaoRepository>;
