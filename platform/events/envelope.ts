import type { CloudEvent } from './cloud-event';

/** A row of `teia.outbox`, as the driver reads it: whole numbers of 64 bits are text. */
export type OutboxRow = {
  readonly id: string;
  readonly organizacao_id: string;
  readonly tipo: string;
  readonly agregado_tipo: string;
  readonly agregado_id: string;
  readonly sequencia: string;
  readonly dados: object;
  readonly correlation_id: string;
  readonly causation_id: string | null;
  readonly traceparent: string | null;
  readonly criado_em: Date;
};

/** The event of an outbox row as it travels; the same at each reading. */
export const toCloudEvent = (subgraph: string, row: OutboxRow): CloudEvent =>
  ({
    specversion: '1.0',
    id: row.id,
    source: `/teia/${subgraph}`,
    type: row.tipo,
    subject: `${row.agregado_tipo}/${row.agregado_id}`,
    time: row.criado_em.toISOString(),
    datacontenttype: 'application/json',
    data: row.dados,
    sequence: row.sequencia,
    sequencetype: 'Integer',
    organizacaoid: row.organizacao_id,
    correlationid: row.correlation_id,
    // An attribute that is null is not one of CloudEvents': it is left out.
    ...(row.causation_id && { causationid: row.causation_id }),
    ...(row.traceparent && { traceparent: row.traceparent }),
    // What was written under a name of the catalogue has its payload: writeRecord takes no other.
  }) as CloudEvent;
