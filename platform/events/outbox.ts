import type { OwnConnection } from '../db/own-connection';
import { nilUuid } from '../uuid';
import type { OutboxRow } from './envelope';
import type { Route } from './routes';

/** Events handed to a queue at a time. */
const batchSize = 500;

type StoredRow = OutboxRow & { readonly transacao: string };

// Row-wise comparison with a position read in the same statement: PostgreSQL starts in the index right there.
const beyondPosition = `
  FROM teia.outbox AS o
  WHERE o.agregado_tipo = $2 AND (o.transacao, o.id) > (
    coalesce((SELECT transacao FROM teia.entrega WHERE destino = $1 AND agregado_tipo = $2), '0'),
    coalesce((SELECT evento_id FROM teia.entrega WHERE destino = $1 AND agregado_tipo = $2), '${nilUuid}')
  )`;

/**
 * The next events of a route, in the order of their transactions. One that began early may commit late: what it
 * wrote must not come behind the position, so nothing is taken that a running transaction could still precede.
 */
export const readOutbox = async ({ query }: OwnConnection, { destino, agregadoTipo }: Route) => {
  const rows = await query<StoredRow>(
    `SELECT o.id, o.organizacao_id, o.tipo, o.agregado_tipo, o.agregado_id, o.sequencia, o.dados, o.correlation_id,
       o.causation_id, o.traceparent, o.criado_em, o.transacao
     ${beyondPosition} AND o.transacao < pg_snapshot_xmin(pg_current_snapshot())
     ORDER BY o.transacao, o.id LIMIT ${batchSize}`,
    [destino, agregadoTipo],
  );
  return { rows, isFull: rows.length === batchSize };
};

/** The number of a transaction of its own: those that have written anything by now have lower ones. */
export const transactionNow = async ({ query }: OwnConnection): Promise<string> => {
  const [now] = await query<{ transacao: string }>('SELECT pg_current_xact_id() AS transacao');
  return now!.transacao;
};

/** Whether a transaction and all before it have ended, one way or the other. */
export const areOver = async ({ query }: OwnConnection, transacao: string): Promise<boolean> => {
  const [answer] = await query<{ are_over: boolean }>(
    'SELECT $1::xid8 < pg_snapshot_xmin(pg_current_snapshot()) AS are_over',
    [transacao],
  );
  return answer!.are_over;
};

/** Notes that a route has been given everything up to this row. It never goes back. */
export const moveOn = async (
  { query }: OwnConnection,
  { destino, agregadoTipo }: Route,
  { transacao, id }: StoredRow,
): Promise<void> => {
  await query(
    `INSERT INTO teia.entrega AS e (destino, agregado_tipo, transacao, evento_id) VALUES ($1, $2, $3, $4)
     ON CONFLICT (destino, agregado_tipo) DO UPDATE
     SET transacao = excluded.transacao, evento_id = excluded.evento_id
     WHERE (e.transacao, e.evento_id) < (excluded.transacao, excluded.evento_id)`,
    [destino, agregadoTipo, transacao, id],
  );
};

/** Counting further would take as long as the backlog is large. */
const countedAtMost = 10_000;

/** How many events of a route are not yet in its queue, up to 10,000, and the age in seconds of the oldest of them. */
export const measureOutbox = async ({ query }: OwnConnection, { destino, agregadoTipo }: Route) => {
  const [measured] = await query<{ pending: number; lag: number }>(
    `SELECT count(*)::int AS pending,
       greatest(0, coalesce(extract(epoch FROM now() - min(criado_em)), 0))::float8 AS lag
     FROM (SELECT o.criado_em ${beyondPosition} ORDER BY o.transacao, o.id LIMIT ${countedAtMost}) AS first`,
    [destino, agregadoTipo],
  );
  return measured ?? { pending: 0, lag: 0 };
};
