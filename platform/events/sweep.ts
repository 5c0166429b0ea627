import { runInScope } from '../db/scope';
import type { RawSql } from '../db/unit-of-work';
import { logSparingly } from '../log-sparingly';
import { runEvery } from '../run-every';
import { unknownType } from './apply-event';
import { aggregateOf } from './catalogue';
import { showPending } from './consumer-metrics';
import type { Consumer } from './handle-delivery';

type Pending = {
  readonly id: string;
  readonly organizacaoId: string | null;
  readonly situacao: string;
  readonly envelope: string;
};

const everyMs = 5_000;
const batchSize = 100;

/** By then whoever applied its predecessor has long published an event that waits, unless killed in between. */
const passedOverMs = 10_000;
/** By then the queue has tried an event again, unless it lost it: the longest delay between two tries is 9 minutes. */
const lostMs = 30 * 60_000;

/**
 * Pending events that no delivery is to be expected of: those that somebody asked for, those whose turn has come
 * without notice, those that the queue lost, and those that were given up by a version that did not know them.
 */
const findDue = (db: RawSql, agora: Date): Promise<Pending[]> => db.$queryRaw`
  SELECT p.id, p.organizacao_id AS "organizacaoId", p.situacao, p.envelope
  FROM teia.evento_pendente p
  LEFT JOIN teia.agregado_consumido c
    ON (c.organizacao_id, c.tipo, c.id) = (p.organizacao_id, p.agregado_tipo, p.agregado_id)
  WHERE p.situacao = 'REPROCESSAR'
    OR p.situacao = 'ESPERA' AND p.sequencia <= c.sequencia + 1
      AND p.atualizado_em < ${new Date(agora.getTime() - passedOverMs)}::timestamptz
    OR p.situacao = 'TENTANDO' AND p.atualizado_em < ${new Date(agora.getTime() - lostMs)}::timestamptz
    OR p.situacao = 'MORTO' AND p.erro = ${unknownType} AND p.tipo = ANY(${Object.keys(aggregateOf)}::text[])
  LIMIT ${batchSize}`;

/** Unless a delivery said something newer of it meanwhile. One that is nobody's says so itself if it is unreadable still. */
const markPublished = (db: RawSql, { id, organizacaoId, situacao }: Pending, agora: Date): Promise<number> =>
  organizacaoId === null
    ? db.$executeRaw`
        DELETE FROM teia.evento_pendente
        WHERE organizacao_id IS NULL AND id = ${id}::uuid AND situacao = ${situacao}`
    : db.$executeRaw`
        UPDATE teia.evento_pendente SET situacao = 'TENTANDO', atualizado_em = ${agora}::timestamptz
        WHERE organizacao_id = ${organizacaoId}::uuid AND id = ${id}::uuid AND situacao = ${situacao}`;

const countPending = async (db: RawSql) => {
  const [row] = await db.$queryRaw<{ dead: number; waiting: number }[]>`
    SELECT count(*) FILTER (WHERE situacao = 'MORTO')::int AS dead,
      count(*) FILTER (WHERE situacao <> 'MORTO')::int AS waiting
    FROM teia.evento_pendente`;
  return row ?? { dead: 0, waiting: 0 };
};

/** Publishes anew every pending event of all organizations that is due. Several processes may do so at once. */
export const sweep = <Tx extends RawSql, Repositories extends object>(
  { destino, queues, database: { db, environment } }: Omit<Consumer<Tx, Repositories>, 'subscribers'>,
  signal?: AbortSignal,
): Promise<void> =>
  runInScope({ role: 'eventos' }, async () => {
    let due: Pending[];
    do {
      due = await findDue(db, environment.agora());
      for (const pending of due) {
        if (signal?.aborted) return;
        await queues.republish(destino, JSON.parse(pending.envelope));
        await markPublished(db, pending, environment.agora());
      }
    } while (due.length === batchSize);
    showPending(destino, await countPending(db));
  });

/** Keeps sweeping in the background. @returns how to stop. */
export const startSweeping = <Tx extends RawSql, Repositories extends object>(
  consumer: Consumer<Tx, Repositories>,
): (() => Promise<void>) =>
  runEvery({ everyMs, onError: logSparingly('pending events were not swept') }, (signal) =>
    sweep(consumer, signal),
  );
