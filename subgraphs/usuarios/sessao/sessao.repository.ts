import type { Prisma, Sessao as Stored } from '../../../prisma/usuarios/client/client';

/** A session as it begins. */
export type NovaSessao = Omit<Stored, 'revogadaEm'>;

/** Whose session it is, and where. */
export type DonoDaSessao = {
  readonly sessaoId: string;
  readonly usuarioId: string;
  readonly organizacaoId: string;
};

/** Whose session a refresh token is of, and what became of the token. */
export type TokenDeSessao = DonoDaSessao & {
  /** The first of the sessions that the person went through from one organization to another, this one included. */
  readonly familiaId: string;
  /** When the token was exchanged for another; null while it was not. */
  readonly usadoEm: Date | null;
};

/** A session that has not ended, locked. It may have expired. */
export type SessaoEmCurso = DonoDaSessao & { readonly familiaId: string; readonly expiraEm: Date };

/** A session that is locked, and whether one of its refresh tokens was exchanged for another. */
export type SessaoTravada = {
  readonly expiraEm: Date;
  readonly revogadaEm: Date | null;
  readonly usado: boolean;
};

type Renovacao = {
  readonly sessaoId: string;
  readonly tokenHash: string;
  readonly novoTokenHash: string;
  readonly agora: Date;
  readonly ip: string | null;
  readonly userAgent: string | null;
};

/** Which sessions of a person: all of them that have not ended, but for what is said here. */
type Quais = {
  readonly id?: string;
  readonly familiaId?: string;
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

/** More than these nobody has, or looks through. */
export const maisSessoes = 100;

/** The sessions of people, wherever they are signed in: only the scope of identity sees them. */
export const createSessaoRepository = (db: Prisma.TransactionClient) => ({
  inserir: async (sessao: NovaSessao): Promise<void> => {
    await db.sessao.createMany({ data: sessao });
  },

  /** The session that a refresh token renews, or once renewed. */
  doToken: async (tokenHash: string): Promise<TokenDeSessao | null> => {
    const [token] = await db.$queryRaw<TokenDeSessao[]>`
      SELECT id AS "sessaoId", usuario_id AS "usuarioId", organizacao_id AS "organizacaoId",
        coalesce(familia_id, id) AS "familiaId",
        (SELECT usado_em FROM token_usado WHERE hash = ${tokenHash}) AS "usadoEm"
      FROM sessao
      WHERE token_hash = ${tokenHash} OR id = (SELECT sessao_id FROM token_usado WHERE hash = ${tokenHash})`;
    return token ?? null;
  },

  /** Locks a session until the transaction ends. */
  travar: async (sessaoId: string, tokenHash: string): Promise<SessaoTravada | null> => {
    await db.$queryRaw`SELECT FROM sessao WHERE id = ${sessaoId}::uuid FOR NO KEY UPDATE`;
    // Not in the statement that waited for the lock: that would not see what was exchanged in the meantime.
    const [travada] = await db.$queryRaw<SessaoTravada[]>`
      SELECT expira_em AS "expiraEm", revogada_em AS "revogadaEm",
        EXISTS (SELECT FROM token_usado WHERE hash = ${tokenHash}) AS usado
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

  /** Locks the sessions of a person that have not ended, until the transaction ends. */
  travarEmCurso: (
    usuarioId: string,
    { id, familiaId, organizacaoId, exceto }: Quais = {},
  ): Promise<SessaoEmCurso[]> =>
    db.$queryRaw<SessaoEmCurso[]>`
      SELECT id AS "sessaoId", usuario_id AS "usuarioId", organizacao_id AS "organizacaoId",
        coalesce(familia_id, id) AS "familiaId", expira_em AS "expiraEm"
      FROM sessao
      WHERE usuario_id = ${usuarioId}::uuid AND revogada_em IS NULL
        AND (${id ?? null}::uuid IS NULL OR id = ${id ?? null}::uuid)
        AND (${familiaId ?? null}::uuid IS NULL OR coalesce(familia_id, id) = ${familiaId ?? null}::uuid)
        AND (${organizacaoId ?? null}::uuid IS NULL OR organizacao_id = ${organizacaoId ?? null}::uuid)
        AND (${exceto ?? null}::uuid IS NULL OR id <> ${exceto ?? null}::uuid)
      ORDER BY id FOR NO KEY UPDATE`,

  /** Locks those of the person's active sessions that leave no place for another: the ones that were not used for longest. */
  travarExcedentes: (usuarioId: string, agora: Date): Promise<DonoDaSessao[]> =>
    db.$queryRaw<DonoDaSessao[]>`
      SELECT id AS "sessaoId", usuario_id AS "usuarioId", organizacao_id AS "organizacaoId" FROM sessao
      WHERE id IN (
        SELECT id FROM sessao
        WHERE usuario_id = ${usuarioId}::uuid AND revogada_em IS NULL AND expira_em > ${agora}::timestamptz
        ORDER BY usada_em DESC, id DESC OFFSET ${maisSessoes - 1}::int
      ) AND revogada_em IS NULL
      ORDER BY id FOR NO KEY UPDATE`,

  encerrar: async (ids: readonly string[], agora: Date): Promise<void> => {
    await db.$executeRaw`
      UPDATE sessao SET revogada_em = ${agora}::timestamptz WHERE id = ANY (${ids}::uuid[])`;
  },

  /** The person's sessions that can still be renewed, the one used last first. */
  ativas: (usuarioId: string, agora: Date): Promise<SessaoAtiva[]> =>
    db.$queryRaw<SessaoAtiva[]>`
      SELECT sessao.id, sessao.criada_em AS "criadaEm", usada_em AS "usadaEm", expira_em AS "expiraEm",
        host(ip) AS "endereco", user_agent AS "dispositivo",
        jsonb_build_object('id', organizacao.id, 'nome', organizacao.nome) AS "organizacao"
      FROM sessao JOIN organizacao ON organizacao.id = organizacao_id
      WHERE usuario_id = ${usuarioId}::uuid AND revogada_em IS NULL AND expira_em > ${agora}::timestamptz
      ORDER BY usada_em DESC, sessao.id DESC LIMIT ${maisSessoes}::int`,
});

export type SessaoRepository = ReturnType<typeof createSessaoRepository>;
