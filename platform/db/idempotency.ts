import { type CampoInvalido, CodedError, conflict, type ErrorCode } from '../errors';
import type { CurrentMutation } from './current-mutation';
import type { Author, Outcome, RawSql } from './unit-of-work';

const lifetimeMs = 24 * 60 * 60 * 1000;

export type Claim = {
  readonly chave: string;
  readonly mutation: CurrentMutation;
  readonly author: Author;
  readonly agora: Date;
};

/** How a unit of work ended: with its outcome, or refused for good. */
export type Ending = { readonly outcome: Outcome } | { readonly refusal: CodedError };

type KeptRefusal = {
  readonly code: ErrorCode;
  readonly message: string;
  readonly motivo?: string;
  readonly campos?: readonly CampoInvalido[];
};

type KeptRecord = {
  readonly operacao: string;
  readonly resumo: string;
  readonly resultado: Outcome;
  readonly erro: KeptRefusal | null;
};

/** What the data decided: it is answered again, whatever became of them. Any other error passes, and may be tried again. */
const lasting: readonly ErrorCode[] = ['BAD_USER_INPUT', 'NOT_FOUND', 'CONFLICT'];

/** Whether an error is kept beside its key. Such an error never repeats what somebody typed. */
export const isLasting = (error: unknown): error is CodedError =>
  error instanceof CodedError && lasting.includes(error.code);

const reused = () =>
  conflict(
    'CHAVE_DE_IDEMPOTENCIA_REUTILIZADA',
    'Esta Idempotency-Key já foi usada com outros dados. Use uma chave nova para cada operação.',
  );

const endingOf = ({ operacao, resumo, resultado, erro }: KeptRecord, { mutation }: Claim): Ending => {
  if (operacao !== mutation.operacao || resumo !== mutation.resumo) return { refusal: reused() };
  if (!erro) return { outcome: resultado };
  const { code, message, motivo, campos } = erro;
  return { refusal: new CodedError(code, message, { motivo, campos }) };
};

/** Keys claimed until then count as new. */
const expiryAt = ({ agora }: Claim): Date => new Date(agora.getTime() - lifetimeMs);

/**
 * The ending that is kept beside the key, or null when there is none: nobody used it within 24 hours, or the
 * work is still under way. For another mutation or other arguments it is a refusal, CONFLICT.
 */
export const findEnding = async (db: RawSql, claim: Claim): Promise<Ending | null> => {
  const { chave, mutation, author } = claim;
  const [kept] = await db.$queryRaw<KeptRecord[]>`
    SELECT operacao, resumo, resultado, erro FROM teia.idempotencia
    WHERE organizacao_id = ${author.organizacaoId}::uuid AND usuario_id = ${author.usuarioId}::uuid
      AND chave = ${chave} AND caminho = ${mutation.caminho} AND criado_em > ${expiryAt(claim)}::timestamptz`;
  return kept ? endingOf(kept, claim) : null;
};

const claimWith = async (tx: RawSql, claim: Claim, refusal: KeptRefusal | null): Promise<Ending | null> => {
  const { chave, mutation, author, agora } = claim;
  const claimed = await tx.$executeRaw`
    INSERT INTO teia.idempotencia AS kept
      (organizacao_id, usuario_id, chave, caminho, operacao, resumo, erro, criado_em)
    VALUES (${author.organizacaoId}::uuid, ${author.usuarioId}::uuid, ${chave}, ${mutation.caminho},
      ${mutation.operacao}, ${mutation.resumo}, ${refusal && JSON.stringify(refusal)}::jsonb,
      ${agora}::timestamptz)
    ON CONFLICT (organizacao_id, usuario_id, chave, caminho) DO UPDATE
    SET operacao = excluded.operacao, resumo = excluded.resumo, resultado = NULL, erro = excluded.erro,
      criado_em = excluded.criado_em
    WHERE kept.criado_em <= ${expiryAt(claim)}::timestamptz`;
  return claimed === 1 ? null : findEnding(tx, claim);
};

/**
 * Claims an `Idempotency-Key` for this transaction; a concurrent claim of the same key waits for it to
 * end. Answers null when the work has to run, and the earlier ending when it has run already.
 */
export const claimKey = (tx: RawSql, claim: Claim): Promise<Ending | null> => claimWith(tx, claim, null);

/** Keeps the outcome beside the claimed key, in the transaction of the change. */
export const keepOutcome = async (
  tx: RawSql,
  { chave, mutation, author }: Claim,
  outcome: Outcome,
): Promise<void> => {
  await tx.$executeRaw`
    UPDATE teia.idempotencia SET resultado = ${JSON.stringify(outcome)}::jsonb
    WHERE organizacao_id = ${author.organizacaoId}::uuid AND usuario_id = ${author.usuarioId}::uuid
      AND chave = ${chave} AND caminho = ${mutation.caminho}`;
};

/**
 * Claims the key for work that was refused. Answers that refusal, or the ending of whoever was first: of several
 * requests at once, each ends as the first that could be kept.
 */
export const keepRefusal = async (tx: RawSql, claim: Claim, refusal: CodedError): Promise<Ending> => {
  const { code, message, extensions } = refusal;
  const { motivo, campos } = extensions as Pick<KeptRefusal, 'motivo' | 'campos'>;
  return (await claimWith(tx, claim, { code, message, motivo, campos })) ?? { refusal };
};
