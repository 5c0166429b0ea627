import type { RawSql } from '../db/unit-of-work';
import { aggregateOf } from './catalogue';

/** A pending event that no delivery is to be expected of. */
export type DueEvent = {
  readonly id: string;
  readonly organizacaoId: string | null;
  readonly situacao: string;
  readonly envelope: string;
};

/** How many events are found at a time. */
export const dueBatch = 100;

/** By then whoever applied its predecessor has long published an event that waits, unless killed in between. */
const passedOverMs = 10_000;
/** By then the queue has tried an event again, unless it lost it: the longest wait between two tries is about 4 minutes. */
const lostMs = 30 * 60_000;

/**
 * Those that somebody asked for, and those that were given up by a version that did not know them. What it costs does
 * not depend on how many others are pending: both are found in an index, for which the code has to be a literal.
 */
export const findAsked = (db: RawSql): Promise<DueEvent[]> => db.$queryRaw`
  (SELECT id, organizacao_id AS "organizacaoId", situacao, envelope FROM teia.evento_pendente
   WHERE situacao = 'REPROCESSAR' LIMIT ${dueBatch})
  UNION ALL
  (SELECT id, organizacao_id, situacao, envelope FROM teia.evento_pendente
   WHERE situacao = 'MORTO' AND erro = 'TIPO_DESCONHECIDO' AND tipo = ANY(${Object.keys(aggregateOf)}::text[])
   LIMIT ${dueBatch})
  LIMIT ${dueBatch}`;

/** Those whose turn has come without notice, and those that the queue lost. It looks at all that wait. */
export const findLost = (db: RawSql, agora: Date): Promise<DueEvent[]> => db.$queryRaw`
  SELECT p.id, p.organizacao_id AS "organizacaoId", p.situacao, p.envelope
  FROM teia.evento_pendente p
  LEFT JOIN teia.agregado_consumido c
    ON (c.organizacao_id, c.tipo, c.id) = (p.organizacao_id, p.agregado_tipo, p.agregado_id)
  WHERE p.situacao = 'ESPERA' AND p.sequencia <= c.sequencia + 1
      AND p.atualizado_em < ${new Date(agora.getTime() - passedOverMs)}::timestamptz
    OR p.situacao = 'TENTANDO' AND p.atualizado_em < ${new Date(agora.getTime() - lostMs)}::timestamptz
  LIMIT ${dueBatch}`;

/** Unless a delivery said something newer of it meanwhile. One that is nobody's says so itself if it is unreadable still. */
export const markPublished = (
  db: RawSql,
  { id, organizacaoId, situacao }: DueEvent,
  agora: Date,
): Promise<number> =>
  organizacaoId === null
    ? db.$executeRaw`
        DELETE FROM teia.evento_pendente
        WHERE organizacao_id IS NULL AND id = ${id}::uuid AND situacao = ${situacao}`
    : db.$executeRaw`
        UPDATE teia.evento_pendente SET situacao = 'TENTANDO', atualizado_em = ${agora}::timestamptz
        WHERE organizacao_id = ${organizacaoId}::uuid AND id = ${id}::uuid AND situacao = ${situacao}`;

export const countPending = async (db: RawSql) => {
  const [row] = await db.$queryRaw<{ dead: number; waiting: number }[]>`
    SELECT count(*) FILTER (WHERE situacao = 'MORTO')::int AS dead,
      count(*) FILTER (WHERE situacao <> 'MORTO')::int AS waiting
    FROM teia.evento_pendente`;
  return row ?? { dead: 0, waiting: 0 };
};
