import type { Prisma } from '../../../prisma/usuarios/client/client';

export type TipoDeConfirmacao = 'REGISTRO' | 'CONVITE' | 'SENHA';

/** What is to be confirmed. */
export type Confirmavel =
  | { readonly tipo: 'REGISTRO'; readonly organizacao: string; readonly nome: string }
  | { readonly tipo: 'CONVITE'; readonly conviteId: string; readonly conviteOrganizacaoId: string }
  | { readonly tipo: 'SENHA' };

/** What is to be confirmed by a token that goes to an address. */
export type NovaConfirmacao = Confirmavel & {
  readonly id: string;
  readonly email: string;
  readonly criadaEm: Date;
  readonly expiraEm: Date;
};

/** One whose message is to be written and sent now. */
export type ConfirmacaoAEnviar = {
  readonly id: string;
  /** Of the token that the message brings. */
  readonly tokenHash: string;
  readonly tipo: TipoDeConfirmacao;
  readonly email: string;
  /** The name of the organization to be registered, or of the one that invites. */
  readonly organizacao: string | null;
  /** The message is of no use: the person is unknown or inactive, or the invitation is over. */
  readonly dispensada: boolean;
  /** How often it was tried, this attempt included. */
  readonly tentativas: number;
};

/** What a token confirms, as long as nobody has used it. */
export type Confirmada = {
  readonly email: string;
  readonly organizacao: string | null;
  readonly nome: string | null;
  readonly conviteId: string | null;
  readonly conviteOrganizacaoId: string | null;
};

type PorToken = { readonly tipo: TipoDeConfirmacao; readonly tokenHash: string; readonly agora: Date };

type Reivindicacao = {
  readonly tipo: TipoDeConfirmacao;
  readonly tokenHash: string;
  readonly agora: Date;
  /** Until then nobody else tries to send it. */
  readonly ate: Date;
};

type Reivindicada = Pick<ConfirmacaoAEnviar, 'id' | 'tokenHash'>;

const usable = ({ tipo, tokenHash, agora }: PorToken) => ({
  tipo,
  tokenHash,
  usadaEm: null,
  expiraEm: { gt: agora },
});

/** What people are to confirm by tokens sent to their addresses, whether or not these are somebody's. */
export const createConfirmacaoRepository = (db: Prisma.TransactionClient) => ({
  inserir: async (nova: NovaConfirmacao): Promise<void> => {
    await db.confirmacao.createMany({ data: { ...nova, enviarEm: nova.criadaEm, tentativas: 0 } });
  },

  /**
   * Takes the message of a kind that waits longest from those that are due and gives it a new token. Null when none is
   * due. What other processes are taking at this moment is left to them.
   */
  reivindicar: async ({ tipo, tokenHash, agora, ate }: Reivindicacao): Promise<ConfirmacaoAEnviar | null> => {
    const [confirmacao] = await db.$queryRaw<ConfirmacaoAEnviar[]>`
      WITH devida AS (
        SELECT id FROM confirmacao
        WHERE tipo = ${tipo} AND enviada_em IS NULL AND usada_em IS NULL
          AND enviar_em <= ${agora}::timestamptz AND expira_em > ${agora}::timestamptz
        ORDER BY enviada_em, enviar_em, id LIMIT 1 FOR UPDATE SKIP LOCKED
      ), reivindicada AS (
        UPDATE confirmacao SET token_hash = ${tokenHash}, enviar_em = ${ate}::timestamptz,
          tentativas = tentativas + 1
        FROM devida WHERE confirmacao.id = devida.id
        RETURNING confirmacao.*
      )
      SELECT r.id, r.token_hash AS "tokenHash", r.tipo, r.email, r.tentativas,
        coalesce(r.organizacao, organizacao.nome) AS organizacao,
        CASE r.tipo
          WHEN 'SENHA' THEN NOT EXISTS (SELECT FROM usuario WHERE email = r.email AND ativo)
          WHEN 'CONVITE' THEN convite.aceito_em IS NOT NULL OR convite.cancelado_em IS NOT NULL
          ELSE false
        END AS dispensada
      FROM reivindicada r
      LEFT JOIN convite ON convite.organizacao_id = r.convite_organizacao_id AND convite.id = r.convite_id
      LEFT JOIN organizacao ON organizacao.id = r.convite_organizacao_id`;
    return confirmacao ?? null;
  },

  /** Nothing more is to be sent, unless somebody else has taken it with another token meanwhile. */
  concluirEnvio: async ({ id, tokenHash }: Reivindicada, agora: Date): Promise<void> => {
    await db.confirmacao.updateMany({ where: { id, tokenHash }, data: { enviadaEm: agora } });
  },

  /** As `concluirEnvio`, for what is to be tried again. */
  adiarEnvio: async ({ id, tokenHash }: Reivindicada, enviarEm: Date): Promise<void> => {
    await db.confirmacao.updateMany({ where: { id, tokenHash }, data: { enviarEm } });
  },

  /** What the token confirms; it stays good. */
  porToken: (token: PorToken): Promise<Confirmada | null> =>
    db.confirmacao.findFirst({ where: usable(token) }),

  /** Uses the token up: of several at once, one is answered true. */
  usar: async (token: PorToken): Promise<boolean> => {
    const { count } = await db.confirmacao.updateMany({
      where: usable(token),
      data: { usadaEm: token.agora },
    });
    return count === 1;
  },

  /** Uses up all other tokens of a kind that were sent to an address, and those still to be sent. */
  dispensarOutras: async (email: string, tipo: TipoDeConfirmacao, agora: Date): Promise<void> => {
    await db.confirmacao.updateMany({ where: { email, tipo, usadaEm: null }, data: { usadaEm: agora } });
  },
});

export type ConfirmacaoRepository = ReturnType<typeof createConfirmacaoRepository>;
