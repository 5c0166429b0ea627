import { conflict } from '../errors';
import type { CurrentMutation } from './current-mutation';
import type { Author, Outcome, RawSql } from './unit-of-work';

type Claim = {
  readonly chave: string;
  readonly mutation: CurrentMutation;
  readonly author: Author;
  readonly agora: Date;
};

type KeptRecord = { readonly operacao: string; readonly resumo: string; readonly resultado: Outcome | null };

/**
 * Claims an `Idempotency-Key` for this transaction; a concurrent claim of the same key waits for it to
 * end. Answers null when the work has to run, and the earlier outcome when it has run already.
 *
 * @throws CodedError CONFLICT when the key was used for another mutation or other arguments.
 */
export const claimKey = async (
  tx: RawSql,
  { chave, mutation, author, agora }: Claim,
): Promise<Outcome | null> => {
  const claimed = await tx.$executeRaw`
    INSERT INTO teia.idempotencia (organizacao_id, usuario_id, chave, caminho, operacao, resumo, criado_em)
    VALUES (${author.organizacaoId}::uuid, ${author.usuarioId}::uuid, ${chave}, ${mutation.caminho},
      ${mutation.operacao}, ${mutation.resumo}, ${agora}::timestamptz)
    ON CONFLICT DO NOTHING`;
  if (claimed === 1) return null;
  const [kept] = await tx.$queryRaw<KeptRecord[]>`
    SELECT operacao, resumo, resultado FROM teia.idempotencia
    WHERE organizacao_id = ${author.organizacaoId}::uuid AND usuario_id = ${author.usuarioId}::uuid
      AND chave = ${chave} AND caminho = ${mutation.caminho}`;
  if (kept?.operacao !== mutation.operacao || kept.resumo !== mutation.resumo) {
    throw conflict(
      'CHAVE_DE_IDEMPOTENCIA_REUTILIZADA',
      'Esta Idempotency-Key já foi usada com outros dados. Use uma chave nova para cada operação.',
    );
  }
  return kept.resultado;
};

/** Keeps the outcome beside the key, in the transaction of the change. */
export const keepResult = async (
  tx: RawSql,
  { chave, mutation, author }: Claim,
  outcome: Outcome,
): Promise<void> => {
  await tx.$executeRaw`
    UPDATE teia.idempotencia SET resultado = ${JSON.stringify(outcome)}::jsonb
    WHERE organizacao_id = ${author.organizacaoId}::uuid AND usuario_id = ${author.usuarioId}::uuid
      AND chave = ${chave} AND caminho = ${mutation.caminho}`;
};
