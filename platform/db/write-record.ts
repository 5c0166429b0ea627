import type { RequestInfo } from '../caller';
import type { Environment } from '../environment';
import { aggregateOf } from '../events/catalogue';
import type { Author, ChangeRecord, RawSql } from './unit-of-work';

type Circumstances = {
  /** Without a person when an event led to the change. */
  readonly author: Omit<Author, 'usuarioId'> & { readonly usuarioId: string | null };
  readonly info: RequestInfo;
  readonly environment: Environment;
  /** The id of the event that led to the change. */
  readonly causationId?: string;
};

/**
 * Writes the outbox and audit rows of changes, and takes their numbers in the order of their aggregates, in
 * one statement, however many there are.
 */
export const writeRecords = async (
  tx: RawSql,
  changes: readonly ChangeRecord[],
  { author, info, environment, causationId }: Circumstances,
): Promise<void> => {
  if (changes.length === 0) return;
  const agora = environment.agora();
  const rows = changes.map(({ acao, entidade, id, campos, evento, agregadoId = id }, ordem) => ({
    ordem,
    auditoria_id: environment.novoId(),
    acao,
    entidade,
    entidade_id: id,
    campos,
    evento_id: environment.novoId(),
    tipo: evento.tipo,
    agregado_tipo: aggregateOf[evento.tipo],
    agregado_id: agregadoId,
    dados: evento.dados,
  }));
  await tx.$executeRaw`
    WITH mudanca AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS m (ordem integer, auditoria_id uuid,
        acao text, entidade text, entidade_id uuid, campos text[], evento_id uuid, tipo text,
        agregado_tipo text, agregado_id uuid, dados jsonb)
    ), numero AS (
      INSERT INTO teia.agregado AS a (organizacao_id, tipo, id, sequencia)
      SELECT ${author.organizacaoId}::uuid, agregado_tipo, agregado_id, count(*) FROM mudanca
      GROUP BY agregado_tipo, agregado_id ORDER BY agregado_tipo, agregado_id
      ON CONFLICT (organizacao_id, tipo, id) DO UPDATE SET sequencia = a.sequencia + excluded.sequencia
      RETURNING tipo AS agregado_tipo, id AS agregado_id, sequencia AS ultima
    ), auditado AS (
      INSERT INTO teia.auditoria (id, organizacao_id, usuario_id, sessao_id, acao, entidade, entidade_id,
        campos, ip, user_agent, request_id, criado_em)
      SELECT auditoria_id, ${author.organizacaoId}::uuid, ${author.usuarioId}::uuid, ${author.sessaoId}::uuid,
        acao, entidade, entidade_id, campos, ${info.ip}::inet, ${info.userAgent}, ${info.requestId},
        ${agora}::timestamptz
      FROM mudanca
    )
    INSERT INTO teia.outbox (id, organizacao_id, tipo, agregado_tipo, agregado_id, sequencia, dados,
      correlation_id, causation_id, traceparent, criado_em)
    SELECT evento_id, ${author.organizacaoId}::uuid, tipo, agregado_tipo, agregado_id,
      ultima - count(*) OVER agregado + row_number() OVER (agregado ORDER BY ordem), dados,
      ${info.correlationId}, ${causationId ?? null}, ${info.traceparent}, ${agora}::timestamptz
    FROM mudanca JOIN numero USING (agregado_tipo, agregado_id)
    WINDOW agregado AS (PARTITION BY agregado_tipo, agregado_id)`;
};
