import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { type IQueueBackend, type JobProgress, type JobsOptions, Queue, Worker } from 'bullmq';
import { bounded } from '../bounded';
import { logSparingly } from '../log-sparingly';
import type { CloudEvent } from './cloud-event';
import type { Delivery, EventQueues, RunningConsumer } from './event-queues';
import { failureKind } from './failure-kind';
import { type QueueStore, queueEngine } from './queue-engine';
import { queueName } from './queue-name';

type EventQueue = Queue<CloudEvent, void, string, CloudEvent, void, string, IQueueBackend, object>;
type EventWorker = Worker<CloudEvent, void, string, IQueueBackend, JobProgress, object>;
type Job = { readonly name: string; readonly data: CloudEvent; readonly opts: JobsOptions };

type Tuning = {
  /** How often an event is tried before it is given up. */
  readonly tries: number;
  /** The wait before the second try; each further one is twice as long, all shortened at random by up to half. */
  readonly firstRetryMs: number;
  /** How many events of one queue this process handles at a time. */
  readonly concurrency: number;
  /** After this long without a sign of life from the process that handles an event, another may have it. */
  readonly lockMs: number;
  /** How often to look for such events. */
  readonly stalledCheckMs: number;
};

const defaults: Tuning = {
  tries: 10,
  firstRetryMs: 1_000,
  // Each takes a connection of the domain's pool of 10, also while it waits for another at the row of its aggregate:
  // those of one Cliente that changes all the time must leave some for people's requests.
  concurrency: 4,
  lockMs: 15_000,
  stalledCheckMs: 5_000,
};

const readyMs = 5_000;
const publishMs = 15_000;
const closeMs = 15_000;
const reopenMs = 1_000;

/** The death of a process is no fault of the event that it was handling. */
const maxStalledCount = 1_000_000;

/**
 * Opens the queues between domains. Connections are made when they are needed, and again when they were lost;
 * what fails meanwhile is logged sparingly.
 */
export const createEventQueues = (store: QueueStore, tuning: Partial<Tuning> = {}): EventQueues => {
  const { tries, firstRetryMs, concurrency, lockMs, stalledCheckMs } = { ...defaults, ...tuning };
  const engine = queueEngine(store);
  const warn = logSparingly('event queue in trouble');
  let isClosed = false;
  // What a connection still says on its way out is no trouble.
  const report = (error: unknown): void => {
    if (!isClosed) warn(error);
  };
  const queues = new Map<string, EventQueue>();
  const consumers = new Set<RunningConsumer>();

  const shut = (closing: EventQueue | EventWorker): Promise<void> =>
    bounded('closing an event queue', closeMs, closing.close())
      .catch(() => bounded('leaving an event queue', closeMs, closing.disconnect()))
      .catch(report);

  const openQueue = (destino: string): EventQueue => {
    const queue: EventQueue = new Queue(
      queueName(destino),
      // Nobody reads the store's own log of what happened in a queue.
      { connection: {}, streams: { events: { maxLen: 100 } } },
      engine.publishing,
    );
    queue.on('error', report);
    queues.set(destino, queue);
    return queue;
  };

  const connected = async (destino: string): Promise<EventQueue> => {
    if (isClosed) throw new Error('the event queues are closed');
    const queue = queues.get(destino) ?? openQueue(destino);
    try {
      await bounded('connecting to an event queue', readyMs, queue.waitUntilReady());
      return queue;
    } catch (error) {
      // A first connection that failed is never tried again by the queue itself.
      if (queues.get(destino) === queue) queues.delete(destino);
      void shut(queue);
      throw error;
    }
  };

  const toJob = (data: CloudEvent, name: string, jobId: string): Job => ({
    name,
    data,
    opts: {
      jobId,
      attempts: tries,
      backoff: { type: 'exponential', delay: firstRetryMs, jitter: 0.5 },
      // An id is free again when its event is done with, so that it can be published anew.
      removeOnComplete: true,
      removeOnFail: true,
      stackTraceLimit: 0,
    },
  });

  /** One alone costs PostgreSQL less without the temporary tables of a batch. */
  const add = async (destino: string, [first, ...others]: readonly Job[]): Promise<void> => {
    if (!first) return;
    const queue = await connected(destino);
    const adding =
      others.length === 0 ? queue.add(first.name, first.data, first.opts) : queue.addBulk([first, ...others]);
    await bounded('publishing events', publishMs, adding as Promise<unknown>);
  };

  const openWorker = (destino: string, handle: (delivery: Delivery) => Promise<void>): EventWorker => {
    const worker: EventWorker = new Worker(
      queueName(destino),
      async ({ data, attemptsMade, opts }) => {
        const attempt = attemptsMade + 1;
        await handle({ event: data, attempt, isLast: attempt >= (opts.attempts ?? 1) }).catch((error) => {
          // The queue keeps the message.
          throw new Error(failureKind(error));
        });
      },
      {
        connection: {},
        autorun: false,
        concurrency,
        lockDuration: lockMs,
        stalledInterval: stalledCheckMs,
        maxStalledCount,
        runRetryDelay: reopenMs,
      },
      engine.consuming,
    );
    return worker.on('error', report);
  };

  return {
    publish: (destino, events) =>
      add(
        destino,
        events.map((event) => toJob(event, event.type, event.id)),
      ),

    // What came out of a queue may be no event at all: nothing is read in it.
    republish: (destino, event) => add(destino, [toJob(event, 'REPUBLICADO', randomUUID())]),

    consume: (destino, handle) => {
      let isStopped = false;
      let worker = openWorker(destino, handle);
      const run = async (): Promise<void> => {
        while (!isStopped) {
          try {
            await worker.waitUntilReady();
            return await worker.run();
          } catch (error) {
            if (isStopped) return;
            // Nor does a worker try its first connection again.
            report(error);
            await shut(worker);
            await sleep(reopenMs);
            if (!isStopped) worker = openWorker(destino, handle);
          }
        }
      };
      void run();
      const consumer = {
        stop: async () => {
          isStopped = true;
          consumers.delete(consumer);
          await shut(worker);
        },
      };
      consumers.add(consumer);
      return consumer;
    },

    close: async () => {
      await Promise.all([...consumers].map(({ stop }) => stop()));
      await Promise.all([...queues.values()].map(shut));
      queues.clear();
      isClosed = true;
    },
  };
};
