import type { Client } from 'pg';
import { v7 } from 'uuid';
import type { AuditRecord } from '../catalogue';

type Given = {
  readonly organizacaoId?: string;
  readonly agregadoTipo?: string;
  readonly agregadoId?: string;
  readonly sequencia?: number;
  readonly correlationId?: string;
  readonly causationId?: string;
  readonly traceparent?: string;
  readonly criadoEm?: Date;
};

/** Writes an event to the outbox as a superuser does, and answers its id. */
export const writeEvent = async (admin: Client, given: Given = {}): Promise<string> => {
  const [id, agregadoId] = [v7(), given.agregadoId ?? v7()];
  await admin.query(
    `INSERT INTO teia.outbox (id, organizacao_id, tipo, agregado_tipo, agregado_id, sequencia, dados, correlation_id,
       causation_id, traceparent, criado_em)
     VALUES ($1, $2, 'ClienteExcluido', $3, $4, $5, $6, $7, $8, $9, $10)`,
    [
      id,
      given.organizacaoId ?? v7(),
      given.agregadoTipo ?? 'Cliente',
      agregadoId,
      given.sequencia ?? 1,
      { clienteId: agregadoId, definitivo: false },
      given.correlationId ?? v7(),
      given.causationId ?? null,
      given.traceparent ?? null,
      given.criadoEm ?? new Date(),
    ],
  );
  return id;
};

type Row = { readonly tipo: string };

/** Rows of the outbox without the audit records among them. */
export const eventsAmong = <Stored extends Row>(rows: readonly Stored[]): Stored[] =>
  rows.filter(({ tipo }) => tipo !== 'RegistroDeAuditoria');

/** The audit records among rows of the outbox. */
export const auditAmong = (rows: readonly (Row & { readonly dados: unknown })[]): AuditRecord[] =>
  rows.filter(({ tipo }) => tipo === 'RegistroDeAuditoria').map(({ dados }) => dados as AuditRecord);

/** SQL that writes so many events at once, each the first of its Cliente. */
export const manyEvents = (count: number) => `
  INSERT INTO teia.outbox (id, organizacao_id, tipo, agregado_tipo, agregado_id, sequencia, dados, correlation_id,
    criado_em)
  SELECT uuidv7(), gen_random_uuid(), 'ClienteCriado', 'Cliente', gen_random_uuid(), 1, '{}', 'c', now()
  FROM generate_series(1, ${count})`;
