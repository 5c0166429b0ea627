import type { RawSql } from '../db/unit-of-work';
import { unordered } from './catalogue';
import type { CloudEvent } from './cloud-event';
import { aggregateOfEvent } from './read-envelope';

/** Where an event stands: next in its aggregate's order, ahead of one that is missing, or behind. */
export type Place = 'NEXT' | 'EARLY' | 'APPLIED';

/**
 * Locks the aggregate until the transaction ends and, when the event is the next in its order, makes it the last
 * one applied. An event that is an aggregate of its own is always the next: it has no cursor, and whoever handles it
 * recognises it when it comes again.
 */
export const takePlace = async (tx: RawSql, event: CloudEvent): Promise<Place> => {
  const { tipo, id } = aggregateOfEvent(event);
  if (tipo === unordered) return 'NEXT';
  // A conflict locks the row whether or not the condition lets it be updated.
  const [row] = await tx.$queryRaw<{ next: boolean }[]>`
    INSERT INTO teia.agregado_consumido AS a (organizacao_id, tipo, id, sequencia, evento_id)
    VALUES (${event.organizacaoid}::uuid, ${tipo}, ${id}::uuid,
      CASE WHEN ${event.sequence}::bigint = 1 THEN 1 ELSE 0 END,
      CASE WHEN ${event.sequence}::bigint = 1 THEN ${event.id}::uuid END)
    ON CONFLICT (organizacao_id, tipo, id) DO UPDATE
    SET sequencia = ${event.sequence}::bigint, evento_id = ${event.id}::uuid
    WHERE a.sequencia = ${event.sequence}::bigint - 1
    RETURNING sequencia = ${event.sequence}::bigint AS next`;
  if (row) return row.next ? 'NEXT' : 'EARLY';
  return (await isApplied(tx, event)) ? 'APPLIED' : 'EARLY';
};

/**
 * Locks the aggregate until the transaction ends, and says whether the event was applied; of one that is an aggregate
 * of its own nobody knows.
 */
export const isApplied = async (tx: RawSql, event: CloudEvent): Promise<boolean> => {
  const { tipo, id } = aggregateOfEvent(event);
  if (tipo === unordered) return false;
  const [row] = await tx.$queryRaw<{ applied: boolean }[]>`
    INSERT INTO teia.agregado_consumido AS a (organizacao_id, tipo, id, sequencia)
    VALUES (${event.organizacaoid}::uuid, ${tipo}, ${id}::uuid, 0)
    ON CONFLICT (organizacao_id, tipo, id) DO UPDATE SET sequencia = a.sequencia
    RETURNING sequencia >= ${event.sequence}::bigint AS applied`;
  return row?.applied === true;
};
