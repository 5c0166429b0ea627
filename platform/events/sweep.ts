import { runInScope } from '../db/scope';
import type { RawSql } from '../db/unit-of-work';
import { logSparingly } from '../log-sparingly';
import { runEvery } from '../run-every';
import { showPending } from './consumer-metrics';
import { countPending, type DueEvent, dueBatch, findAsked, findLost, markPublished } from './due-events';
import type { Consumer } from './handle-delivery';

type Sweeper<Tx extends RawSql, Repositories extends object> = Omit<
  Consumer<Tx, Repositories>,
  'subscribers'
>;

/** Somebody waits for what was asked for. */
const askedEveryMs = 5_000;
/** The net, and the counting, look at all that is pending. */
const lostEveryMs = 60_000;

const republishAll = async <Tx extends RawSql, Repositories extends object>(
  { destino, queues, database: { db, environment } }: Sweeper<Tx, Repositories>,
  find: () => Promise<DueEvent[]>,
  signal: AbortSignal | undefined,
): Promise<void> => {
  let due: DueEvent[];
  do {
    due = await find();
    for (const event of due) {
      if (signal?.aborted) return;
      await queues.republish(destino, JSON.parse(event.envelope));
      await markPublished(db, event, environment.agora());
    }
  } while (due.length === dueBatch);
};

/** Publishes anew what somebody asked for, of all organizations. Several processes may do so at once. */
export const sweepAsked = <Tx extends RawSql, Repositories extends object>(
  consumer: Sweeper<Tx, Repositories>,
  signal?: AbortSignal,
): Promise<void> =>
  runInScope({ role: 'eventos' }, () =>
    republishAll(consumer, () => findAsked(consumer.database.db), signal),
  );

/** Shows how many events of all organizations are pending, and publishes anew those that were lost on their way. */
export const sweepLost = <Tx extends RawSql, Repositories extends object>(
  consumer: Sweeper<Tx, Repositories>,
  signal?: AbortSignal,
): Promise<void> =>
  runInScope({ role: 'eventos' }, async () => {
    const { db, environment } = consumer.database;
    showPending(consumer.destino, await countPending(db));
    await republishAll(consumer, () => findLost(db, environment.agora()), signal);
  });

/** Keeps sweeping in the background. @returns how to stop. */
export const startSweeping = <Tx extends RawSql, Repositories extends object>(
  consumer: Consumer<Tx, Repositories>,
): (() => Promise<void>) => {
  const onError = logSparingly('pending events were not swept');
  const stops = [
    runEvery({ everyMs: askedEveryMs, onError }, (signal) => sweepAsked(consumer, signal)),
    runEvery({ everyMs: lostEveryMs, onError }, (signal) => sweepLost(consumer, signal)),
  ];
  return async () => {
    await Promise.all(stops.map((stop) => stop()));
  };
};
