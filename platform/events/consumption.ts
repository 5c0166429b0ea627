import type { RawSql } from '../db/unit-of-work';
import type { Tracing } from '../tracing/tracing';
import type { EventDatabase } from './apply-event';
import type { EventName } from './catalogue';
import type { EventQueues, RunningConsumer } from './event-queues';
import { createDeliveryHandler } from './handle-delivery';
import type { Subscribers } from './subscribers';
import { startSweeping } from './sweep';

/** What a domain hears of the others, with what it keeps per process given at the start. */
export type Consumption<State> = {
  readonly events: readonly EventName[];
  readonly start: (
    state: State,
    destino: string,
    queues: EventQueues,
    tracing?: Tracing | null,
  ) => RunningConsumer;
};

/**
 * Makes a domain a consumer of other domains' events.
 *
 * @param databaseOf the domain's own database, out of what it keeps per process.
 */
export const consumption = <State, Tx extends RawSql, Repositories extends object>(
  subscribers: Subscribers<Repositories>,
  databaseOf: (state: State) => EventDatabase<Tx, Repositories>,
): Consumption<State> => ({
  events: Object.keys(subscribers) as EventName[],
  start: (state, destino, queues, tracing) => {
    const consumer = { destino, queues, subscribers, database: databaseOf(state), tracing };
    const running = queues.consume(destino, createDeliveryHandler(consumer));
    const stopSweeping = startSweeping(consumer);
    return {
      stop: async () => {
        await running.stop();
        await stopSweeping();
      },
    };
  },
});
