import type { RequestInfo } from '../caller';
import type { Environment } from '../environment';
import type { Author, ChangeRecord, RawSql } from './unit-of-work';

type Circumstances = {
  readonly author: Author;
  readonly info: RequestInfo;
  readonly environment: Environment;
};

/** Writes one change's outbox and audit rows, and takes its number in the aggregate's order, in one statement. */
export const writeRecord = async (
  tx: RawSql,
  { acao, entidade, id, campos, evento, agregado = { tipo: entidade, id } }: ChangeRecord,
  { author, info, environment }: Circumstances,
): Promise<void> => {
  const agora = environment.agora();
  await tx.$executeRaw`
    WITH numero AS (
      INSERT INTO teia.agregado AS a (organizacao_id, tipo, id, sequencia)
      VALUES (${author.organizacaoId}::uuid, ${agregado.tipo}, ${agregado.id}::uuid, 1)
      ON CONFLICT (organizacao_id, tipo, id) DO UPDATE SET sequencia = a.sequencia + 1
      RETURNING sequencia
    ), auditado AS (
      INSERT INTO teia.auditoria (id, organizacao_id, usuario_id, sessao_id, acao, entidade, entidade_id,
        campos, ip, user_agent, request_id, criado_em)
      VALUES (${environment.novoId()}::uuid, ${author.organizacaoId}::uuid, ${author.usuarioId}::uuid,
        ${author.sessaoId}::uuid, ${acao}, ${entidade}, ${id}::uuid, ${campos}::text[], ${info.ip}::inet,
        ${info.userAgent}, ${info.requestId}, ${agora}::timestamptz)
    )
    INSERT INTO teia.outbox (id, organizacao_id, tipo, agregado_tipo, agregado_id, sequencia, dados,
      correlation_id, traceparent, criado_em)
    SELECT ${environment.novoId()}::uuid, ${author.organizacaoId}::uuid, ${evento.tipo}, ${agregado.tipo},
      ${agregado.id}::uuid, sequencia, ${JSON.stringify(evento.dados)}::jsonb, ${info.correlationId},
      ${info.traceparent}, ${agora}::timestamptz
    FROM numero`;
};
