import type { RequestInfo } from '../caller';
import type { Environment } from '../environment';
import { type AuditRecord, aggregateOf, unordered } from '../events/catalogue';
import type { AuthorOrSystem, ChangeRecord, RawSql } from './unit-of-work';

type Circumstances = {
  /** Without a person when an event led to the change. */
  readonly author: AuthorOrSystem;
  readonly info: RequestInfo;
  readonly environment: Environment;
  /** The id of the event that led to the change. */
  readonly causationId?: string;
};

type Row = {
  readonly id: string;
  readonly tipo: string;
  readonly agregado_tipo: string;
  readonly agregado_id: string;
  readonly dados: object;
};

const auditRow = (
  { acao, entidade, id: entidadeId, campos }: ChangeRecord,
  { author: { usuarioId, sessaoId }, info: { ip, userAgent, requestId }, environment }: Circumstances,
): Row => {
  const id = environment.novoId();
  const dados: AuditRecord = {
    acao,
    entidade,
    entidadeId,
    campos,
    usuarioId,
    sessaoId,
    ip,
    userAgent,
    requestId,
  };
  return { id, tipo: 'RegistroDeAuditoria', agregado_tipo: unordered, agregado_id: id, dados };
};

const eventRow = ({ id, evento, agregadoId = id }: ChangeRecord, { environment }: Circumstances): Row[] =>
  evento
    ? [
        {
          id: environment.novoId(),
          tipo: evento.tipo,
          agregado_tipo: aggregateOf[evento.tipo],
          agregado_id: agregadoId,
          dados: evento.dados,
        },
      ]
    : [];

/**
 * Writes the events and audit records of changes to the outbox, and takes the events' numbers in the order of their
 * aggregates, in one statement, however many there are.
 */
export const writeRecords = async (
  tx: RawSql,
  changes: readonly ChangeRecord[],
  circumstances: Circumstances,
): Promise<void> => {
  if (changes.length === 0) return;
  const { author, info, environment, causationId } = circumstances;
  const agora = environment.agora();
  const rows = changes
    .flatMap((change) => [auditRow(change, circumstances), ...eventRow(change, circumstances)])
    .map((row, ordem) => ({ ...row, ordem }));
  await tx.$executeRaw`
    WITH linha AS (
      SELECT * FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS l (ordem integer, id uuid, tipo text,
        agregado_tipo text, agregado_id uuid, dados jsonb)
    ), numero AS (
      INSERT INTO teia.agregado AS a (organizacao_id, tipo, id, sequencia)
      SELECT ${author.organizacaoId}::uuid, agregado_tipo, agregado_id, count(*) FROM linha
      WHERE agregado_tipo <> ${unordered}
      GROUP BY agregado_tipo, agregado_id ORDER BY agregado_tipo, agregado_id
      ON CONFLICT (organizacao_id, tipo, id) DO UPDATE SET sequencia = a.sequencia + excluded.sequencia
      RETURNING tipo AS agregado_tipo, id AS agregado_id, sequencia AS ultima
    )
    INSERT INTO teia.outbox (id, organizacao_id, tipo, agregado_tipo, agregado_id, sequencia, dados,
      correlation_id, causation_id, traceparent, criado_em)
    SELECT id, ${author.organizacaoId}::uuid, tipo, agregado_tipo, agregado_id,
      coalesce(ultima, 1) - count(*) OVER agregado + row_number() OVER (agregado ORDER BY ordem), dados,
      ${info.correlationId}, ${causationId ?? null}, ${info.traceparent}, ${agora}::timestamptz
    FROM linha LEFT JOIN numero USING (agregado_tipo, agregado_id)
    WINDOW agregado AS (PARTITION BY agregado_tipo, agregado_id)`;
};
