import { createHash } from 'node:crypto';
import type { RawSql } from '../db/unit-of-work';
import type { CloudEvent } from './cloud-event';
import { aggregateOfEvent } from './read-envelope';

type Note = {
  readonly situacao: 'ESPERA' | 'TENTANDO' | 'MORTO';
  /** The kind and code of the failure; null for one that only waits. */
  readonly erro: string | null;
  readonly agora: Date;
};

/** Keeps an event that takes no effect yet, or keeps what became of it now. */
export const keepPending = async (
  tx: RawSql,
  event: CloudEvent,
  { situacao, erro, agora }: Note,
): Promise<void> => {
  const { tipo, id } = aggregateOfEvent(event);
  const tries = erro === null ? 0 : 1;
  await tx.$executeRaw`
    INSERT INTO teia.evento_pendente AS p (id, organizacao_id, tipo, agregado_tipo, agregado_id, sequencia, envelope,
      situacao, tentativas, erro, criado_em, atualizado_em)
    VALUES (${event.id}::uuid, ${event.organizacaoid}::uuid, ${event.type}, ${tipo}, ${id}::uuid,
      ${event.sequence}::bigint, ${JSON.stringify(event)}, ${situacao}, ${tries}::int, ${erro},
      ${agora}::timestamptz, ${agora}::timestamptz)
    ON CONFLICT (organizacao_id, id) DO UPDATE
    SET situacao = excluded.situacao, tentativas = p.tentativas + excluded.tentativas,
      erro = coalesce(excluded.erro, p.erro), atualizado_em = excluded.atualizado_em`;
};

/** Forgets that an event, applied now, was pending. Answers the next one of its aggregate when that waits for it. */
export const settle = async (tx: RawSql, event: CloudEvent): Promise<CloudEvent | null> => {
  const { tipo, id } = aggregateOfEvent(event);
  const [waiting] = await tx.$queryRaw<{ envelope: string }[]>`
    WITH settled AS (
      DELETE FROM teia.evento_pendente
      WHERE organizacao_id = ${event.organizacaoid}::uuid AND id = ${event.id}::uuid
    )
    SELECT envelope FROM teia.evento_pendente
    WHERE organizacao_id = ${event.organizacaoid}::uuid AND agregado_tipo = ${tipo} AND agregado_id = ${id}::uuid
      AND sequencia = ${event.sequence}::bigint + 1 AND situacao = 'ESPERA'
    LIMIT 1`;
  return waiting ? JSON.parse(waiting.envelope) : null;
};

/** The same for the same text, in the form of a UUID (RFC 9562, version 8). */
const idOfText = (text: string): string => {
  const [a, b, c, d, e] = createHash('sha256')
    .update(text)
    .digest('hex')
    .match(/^(.{8})(.{4})(.{3})(.{3})(.{12})/)!
    .slice(1);
  return `${a}-${b}-8${c}-8${d}-${e}`;
};

/** Keeps what came out of a queue and is no event: dead, and nobody's. */
export const keepUnreadable = async (db: RawSql, received: unknown, agora: Date): Promise<void> => {
  const envelope = JSON.stringify(received) ?? 'null';
  await db.$executeRaw`
    INSERT INTO teia.evento_pendente AS p (id, envelope, situacao, tentativas, erro, criado_em, atualizado_em)
    VALUES (${idOfText(envelope)}::uuid, ${envelope}, 'MORTO', 1, 'ENVELOPE_ILEGIVEL', ${agora}::timestamptz,
      ${agora}::timestamptz)
    ON CONFLICT (organizacao_id, id) DO UPDATE
    SET situacao = excluded.situacao, tentativas = p.tentativas + 1, atualizado_em = excluded.atualizado_em`;
};
