import { logSparingly } from '../log-sparingly';
import { runEvery } from '../run-every';
import { runInScope } from './scope';
import type { RawSql } from './unit-of-work';

const batchSize = 1_000;
const tenMinutesMs = 600_000;

/** Deletes about `batchSize` keys, the oldest first; the policies of its role let it see and delete expired ones only. */
const deleteBatch = (db: RawSql): Promise<number> => db.$executeRaw`
  DELETE FROM teia.idempotencia WHERE criado_em <= (
    SELECT max(criado_em) FROM (
      SELECT criado_em FROM teia.idempotencia ORDER BY criado_em LIMIT ${batchSize}::int
    ) AS oldest
  )`;

/** Deletes expired idempotency keys of all organizations, a batch at a time so that none is locked for long. */
const expireKeys = (db: RawSql, signal: AbortSignal): Promise<void> =>
  runInScope({ role: 'limpeza' }, async () => {
    while (!signal.aborted && (await deleteBatch(db)) >= batchSize);
  });

/**
 * Keeps deleting expired idempotency keys in the background, now for the first time.
 *
 * @returns how to stop; it waits for the batch under way.
 */
export const startKeyExpiry = (db: RawSql, everyMs = tenMinutesMs): (() => Promise<void>) =>
  runEvery({ everyMs, onError: logSparingly('expired idempotency keys were not deleted') }, (signal) =>
    expireKeys(db, signal),
  );
