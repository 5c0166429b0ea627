import { setTimeout as sleep } from 'node:timers/promises';
import { type OwnConnection, onOwnConnection } from '../db/own-connection';
import { logSparingly } from '../log-sparingly';
import { toCloudEvent } from './envelope';
import type { EventQueues } from './event-queues';
import { areOver, measureOutbox, moveOn, readOutbox, transactionNow } from './outbox';
import { observeOutbox, publishedEvents } from './relay-metrics';
import { type Consumers, type Route, routesOf } from './routes';

type Options = {
  readonly subgraph: string;
  /** The subgraph's own, as the application's login. */
  readonly databaseUrl: string;
  readonly queues: EventQueues;
  readonly consumers: Consumers;
  /** How long to wait for a notification, in milliseconds, before looking without one. */
  readonly idleMs?: number;
};

/** 'teia' in ASCII, and the sixth use of it. */
const RELAY_LOCK = [0x74656961, 6];

const leadershipRetryMs = 1_000;
const lookAgainMs = { first: 20, longest: 1_000 };
const failedMs = { first: 500, longest: 10_000 };

/** Waits until no other relay of this database is at work. */
const lead = async ({ query, signal }: OwnConnection): Promise<void> => {
  while (!signal.aborted) {
    const [answer] = await query<{ leads: boolean }>(
      'SELECT pg_try_advisory_lock($1, $2) AS leads',
      RELAY_LOCK,
    );
    if (answer?.leads) return;
    await sleep(leadershipRetryMs, undefined, { signal });
  }
};

/** @param times from 1. */
const growing = ({ first, longest }: typeof lookAgainMs, times: number): number =>
  Math.min(first * 2 ** (times - 1), longest);

/** What came of a look at a route: nothing new, events queued, or a queue that fails. */
type Progress = 'none' | 'moved' | 'failed';

/**
 * Takes what a domain writes to its outbox to the queues of those who want it, in order, for as long as the
 * process runs. One relay of a database works at a time; should two do for a moment, or one die between a queue
 * and its note of it, events are queued twice, which who consumes them does not mind.
 */
export const startRelay = ({ subgraph, databaseUrl, queues, consumers, idleMs = 5_000 }: Options) => {
  const routes = routesOf(consumers);
  const report = logSparingly(`events of ${subgraph} could not be queued`);

  const relay = async (connection: OwnConnection, route: Route): Promise<Progress> => {
    let progress: Progress = 'none';
    let isMore = true;
    while (isMore && !connection.signal.aborted) {
      const { rows, isFull } = await readOutbox(connection, route);
      const last = rows.at(-1);
      if (!last) return progress;
      const events = rows.map((row) => toCloudEvent(subgraph, row));
      try {
        await queues.publish(route.destino, events);
      } catch (error) {
        report(error);
        return 'failed';
      }
      await moveOn(connection, route, last);
      publishedEvents.inc({ subgraph, destino: route.destino }, events.length);
      progress = 'moved';
      isMore = isFull;
    }
    return progress;
  };

  const work = async (connection: OwnConnection): Promise<void> => {
    const { signal, notified } = connection;
    await lead(connection);
    let looks = 0;
    let failures = 0;
    let before: string | null = null;
    while (!signal.aborted) {
      // Who was writing when the notification came may have been left out by it, and holds back who came after.
      before ??= await transactionNow(connection);
      const isComplete = await areOver(connection, before);
      const progress: Progress[] = [];
      for (const route of routes) progress.push(await relay(connection, route));
      failures = progress.includes('failed') ? failures + 1 : 0;
      looks = progress.includes('moved') ? 1 : looks + 1;
      if (isComplete) before = null;
      if (failures > 0) await sleep(growing(failedMs, failures), undefined, { signal });
      else if (await notified(isComplete ? idleMs : growing(lookAgainMs, looks))) {
        before = null;
        looks = 0;
      }
    }
  };

  const { connection, stop } = onOwnConnection({
    databaseUrl,
    name: `teia-relay-${subgraph}`,
    channel: 'teia_outbox',
    work,
  });
  const forget = observeOutbox({
    subgraph,
    measure: async (destino) => {
      const measuring = connection();
      if (!measuring) throw new Error('no connection');
      const own = routes.filter((route) => route.destino === destino);
      const measured = await Promise.all(own.map((route) => measureOutbox(measuring, route)));
      return {
        pending: measured.reduce((sum, { pending }) => sum + pending, 0),
        lag: Math.max(0, ...measured.map(({ lag }) => lag)),
      };
    },
    destinos: Object.keys(consumers),
  });
  return {
    stop: async () => {
      forget();
      await stop();
    },
  };
};
