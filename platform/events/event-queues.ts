import type { CloudEvent } from './cloud-event';

/** One try at an event. */
export type Delivery = {
  readonly event: CloudEvent;
  /** From 1. */
  readonly attempt: number;
  /** Whether a failure of this try is final. */
  readonly isLast: boolean;
};

export type RunningConsumer = {
  /** Takes no more events, and waits for those being handled. */
  readonly stop: () => Promise<void>;
};

/** The queues between domains, one for each that consumes; the same on PostgreSQL and on Redis. */
export type EventQueues = {
  /**
   * Adds events to a domain's queue, in order. Resolves when the queue has stored them. An event that is in the
   * queue already is not added again; one that was delivered already may be.
   *
   * @throws Error in bounded time when the queue does not answer.
   */
  readonly publish: (destino: string, events: readonly CloudEvent[]) => Promise<void>;
  /**
   * Adds an event anew, with all its tries ahead of it, also while an earlier delivery of it is still in the queue
   * or being handled: that one may be about to end without effect.
   */
  readonly republish: (destino: string, event: CloudEvent) => Promise<void>;
  /**
   * Hands a domain its events, several at a time, each until the handler resolves. One that rejects is tried again
   * with growing delays; one whose process died is handed to another. At least once, in no order.
   */
  readonly consume: (destino: string, handle: (delivery: Delivery) => Promise<void>) => RunningConsumer;
  readonly close: () => Promise<void>;
};
