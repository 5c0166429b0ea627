/** A record of the audit trail as it is stored, and as it is sealed: every column, so that a change of any is found. */
export type RegistroGuardado = {
  readonly organizacaoId: string;
  /** From 1, without gaps. */
  readonly numero: bigint;
  readonly id: string;
  readonly dominio: string;
  readonly usuarioId: string | null;
  readonly sessaoId: string | null;
  readonly acao: string;
  readonly entidade: string;
  readonly entidadeId: string;
  readonly campos: readonly string[];
  /** As PostgreSQL writes an inet. */
  readonly ip: string | null;
  readonly userAgent: string | null;
  readonly requestId: string;
  /** ISO 8601, UTC, in milliseconds. */
  readonly em: string;
};

/** A seal over the records from one number to another. */
export type SeloGuardado = {
  readonly organizacaoId: string;
  /** From 1, without gaps. */
  readonly numero: number;
  readonly primeiroNumero: bigint;
  readonly ultimoNumero: bigint;
  /** SHA-256 of each record, in their order. */
  readonly resumos: readonly Uint8Array[];
  /** ISO 8601, UTC, in milliseconds. */
  readonly seladoEm: string;
  /** SHA-256. */
  readonly hash: Uint8Array;
};
