import { logSparingly } from '../log-sparingly';
import { runEvery } from '../run-every';
import { runInScope } from './scope';
import type { RawSql } from './unit-of-work';

const batchSize = 1_000;
const tenMinutesMs = 600_000;

/**
 * Deletes about so many expired rows of a table, the oldest first, and answers how many: the policies of the role of
 * cleaning let it see and delete expired ones only.
 */
export type DeleteExpired = (db: RawSql, batchSize: number) => Promise<number>;

const keys: DeleteExpired = (db, batchSize) => db.$executeRaw`
  DELETE FROM teia.idempotencia WHERE criado_em <= (
    SELECT max(criado_em) FROM (
      SELECT criado_em FROM teia.idempotencia ORDER BY criado_em LIMIT ${batchSize}::int
    ) AS oldest
  )`;

type Options = {
  /** What expires in this domain beside idempotency keys. */
  readonly also?: readonly DeleteExpired[];
  readonly everyMs?: number;
};

/**
 * Keeps deleting what has expired, of all organizations, in the background, now for the first time; a batch at a time,
 * so that none is locked for long.
 *
 * @returns how to stop; it waits for the batch under way.
 */
export const startExpiry = (
  db: RawSql,
  { also = [], everyMs = tenMinutesMs }: Options = {},
): (() => Promise<void>) => {
  const stops = [keys, ...also].map((deleteExpired) =>
    runEvery({ everyMs, onError: logSparingly('expired rows were not deleted') }, (signal) =>
      runInScope({ role: 'limpeza' }, async () => {
        while (!signal.aborted && (await deleteExpired(db, batchSize)) >= batchSize);
      }),
    ),
  );
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
};
