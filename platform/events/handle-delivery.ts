import { runInScope } from '../db/scope';
import type { RawSql } from '../db/unit-of-work';
import { describeError, log } from '../log';
import { isApplied } from './aggregate-cursor';
import { applyEvent, type EventDatabase, inOneTransaction } from './apply-event';
import type { CloudEvent } from './cloud-event';
import { countDelivery, observeLatency } from './consumer-metrics';
import type { Delivery, EventQueues } from './event-queues';
import { failureKind } from './failure-kind';
import { keepPending, keepUnreadable } from './pending-events';
import { readEnvelope } from './read-envelope';
import type { Subscribers } from './subscribers';

/** A domain as one that other domains' events come to. */
export type Consumer<Tx extends RawSql, Repositories extends object> = {
  /** Its name, and that of its queue. */
  readonly destino: string;
  readonly queues: Pick<EventQueues, 'republish'>;
  readonly subscribers: Subscribers<Repositories>;
  readonly database: EventDatabase<Tx, Repositories>;
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

const keepFailure = async <Tx extends RawSql, Repositories extends object>(
  { destino, database: { db, environment } }: Consumer<Tx, Repositories>,
  event: CloudEvent,
  { error, isLast }: { readonly error: unknown; readonly isLast: boolean },
): Promise<void> => {
  const { id, type } = event;
  log.warn({ erro: describeError(error), destino, evento: id, tipo: type, final: isLast }, 'an event failed');
  const note = {
    situacao: isLast ? 'MORTO' : 'TENTANDO',
    erro: failureKind(error),
    agora: environment.agora(),
  } as const;
  await db.$transaction(async (tx) => {
    // It was, when another delivery succeeded, or when what failed came after the commit.
    if (!(await isApplied(tx, event))) await keepPending(tx, event, note);
  }, inOneTransaction);
  countDelivery(destino, type, isLast ? 'dead' : 'failed');
};

/**
 * Makes what a queue's deliveries are given to. It resolves when the event needs no further delivery of its own:
 * it was applied, it waits for an earlier one, or it cannot be read and is kept with the dead. It rejects when the
 * event is to be tried again; after the last try it is kept with the dead as well.
 */
export const createDeliveryHandler = <Tx extends RawSql, Repositories extends object>(
  consumer: Consumer<Tx, Repositories>,
) => {
  const { destino, queues, database } = consumer;

  const keepUnread = async (received: unknown): Promise<void> => {
    log.error({ destino }, 'what came out of the event queue is no event');
    await runInScope({ role: 'eventos' }, () =>
      keepUnreadable(database.db, received, database.environment.agora()),
    );
    countDelivery(destino, '', 'dead');
  };

  /** With the last try gone and nothing kept, nobody would know of the event any more: it begins anew. */
  const kept = ({ event, isLast }: Delivery, keeping: Promise<void>): Promise<void> =>
    keeping.catch(async (error: unknown) => {
      if (isLast) await queues.republish(destino, event);
      throw error;
    });

  return async (delivery: Delivery): Promise<void> => {
    const event = readEnvelope(delivery.event);
    if (!event) return kept(delivery, keepUnread(delivery.event));
    return runInScope({ role: 'inquilino', organizacaoId: event.organizacaoid }, () =>
      apply(consumer, event).catch(async (error: unknown) => {
        await kept(delivery, keepFailure(consumer, event, { error, isLast: delivery.isLast }));
        throw error;
      }),
    );
  };
};
