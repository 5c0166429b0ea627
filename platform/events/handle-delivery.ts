import { setTimeout as sleep } from 'node:timers/promises';
import { runInScope } from '../db/scope';
import { inOneTransaction, type RawSql } from '../db/unit-of-work';
import { describeError, log } from '../log';
import { logSparingly } from '../log-sparingly';
import type { Tracing } from '../tracing/tracing';
import { isApplied } from './aggregate-cursor';
import { applyEvent, type EventDatabase } from './apply-event';
import type { CloudEvent } from './cloud-event';
import { countDelivery, observeLatency } from './consumer-metrics';
import type { Delivery, EventQueues } from './event-queues';
import { failureKind } from './failure-kind';
import { keepPending, keepUnreadable } from './pending-events';
import { readEnvelope } from './read-envelope';
import type { Subscribers } from './subscribers';
import { traceDelivery } from './trace-delivery';

const beginAnewMs = 500;

/** A domain as one that other domains' events come to. */
export type Consumer<Tx extends RawSql, Repositories extends object> = {
  /** Its name, and that of its queue. */
  readonly destino: string;
  readonly queues: Pick<EventQueues, 'republish'>;
  readonly subscribers: Subscribers<Repositories>;
  readonly database: EventDatabase<Tx, Repositories>;
  readonly tracing?: Tracing | null;
};

const apply = async <Tx extends RawSql, Repositories extends object>(
  { destino, queues, subscribers, database }: Consumer<Tx, Repositories>,
  event: CloudEvent,
): Promise<void> => {
  const { outcome, waiting } = await applyEvent(database, subscribers, event);
  countDelivery(destino, event.type, outcome);
  if (outcome === 'applied') observeLatency(destino, event, database.environment.agora());
  // Also behind a repeated one: a kill may have come between its commit and this.
  if (waiting) await queues.republish(destino, waiting);
};

type Failure = Pick<Delivery, 'attempt' | 'isLast'> & { readonly error: unknown };

const keepFailure = async <Tx extends RawSql, Repositories extends object>(
  { destino, database: { db, environment } }: Consumer<Tx, Repositories>,
  event: CloudEvent,
  { error, attempt, isLast }: Failure,
): Promise<void> => {
  const about = { destino, evento: event.id, tipo: event.type, correlationId: event.correlationid };
  log.warn({ erro: describeError(error), ...about, tentativa: attempt }, 'an event failed');
  const note = {
    situacao: isLast ? 'MORTO' : 'TENTANDO',
    erro: failureKind(error),
    agora: environment.agora(),
  } as const;
  const isKept = await db.$transaction(async (tx) => {
    // It was, when another delivery succeeded, or when what failed came after the commit.
    if (await isApplied(tx, event)) return false;
    await keepPending(tx, event, note);
    return true;
  }, inOneTransaction);
  if (!isKept) return;
  countDelivery(destino, event.type, isLast ? 'dead' : 'failed');
  if (isLast) log.error(about, 'an event is dead');
};

/**
 * Makes what a queue's deliveries are given to. It resolves when the event needs no further delivery of its own:
 * it was applied, it waits for an earlier one, or it cannot be read and is kept with the dead. It rejects when the
 * event is to be tried again; after the last try it is kept with the dead as well.
 */
export const createDeliveryHandler = <Tx extends RawSql, Repositories extends object>(
  consumer: Consumer<Tx, Repositories>,
) => {
  const { destino, queues, database, tracing } = consumer;
  const report = logSparingly('an event can neither be kept nor begin anew');

  const keepUnread = async (received: unknown): Promise<void> => {
    log.error({ destino }, 'what came out of the event queue is no event');
    await runInScope({ role: 'eventos' }, () =>
      keepUnreadable(database.db, received, database.environment.agora()),
    );
    countDelivery(destino, '', 'dead');
  };

  const beginAnew = async (event: CloudEvent): Promise<void> => {
    for (;;) {
      try {
        return await queues.republish(destino, event);
      } catch (error) {
        report(error);
        // When the process ends meanwhile, the queue gives the event to another one, or to this one's successor.
        await sleep(beginAnewMs, undefined, { ref: false });
      }
    }
  };

  /**
   * With the last try gone and nothing kept, nobody would know of the event any more. So it begins anew, and this
   * try does not end before that.
   */
  const kept = ({ event, isLast }: Delivery, keeping: Promise<void>): Promise<void> =>
    keeping.catch(async (error: unknown) => {
      if (isLast) await beginAnew(event);
      throw error;
    });

  return async (delivery: Delivery): Promise<void> => {
    const event = readEnvelope(delivery.event);
    if (!event) return kept(delivery, keepUnread(delivery.event));
    const handle = () =>
      apply(consumer, event).catch(async (error: unknown) => {
        await kept(delivery, keepFailure(consumer, event, { ...delivery, error }));
        throw error;
      });
    return traceDelivery(tracing, destino, event, () =>
      runInScope({ role: 'inquilino', organizacaoId: event.organizacaoid }, handle),
    );
  };
};
