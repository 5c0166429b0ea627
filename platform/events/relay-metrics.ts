import { Counter, Gauge } from 'prom-client';
import { metrics } from '../metrics';

type Source = {
  readonly subgraph: string;
  readonly destinos: readonly string[];
  /** Rejects when the outbox cannot be reached: then nothing is said of it. */
  readonly measure: (destino: string) => Promise<{ readonly pending: number; readonly lag: number }>;
};

const sources = new Set<Source>();
const labelNames = ['subgraph', 'destino'] as const;

export const publishedEvents = new Counter({
  name: 'teia_events_published_total',
  help: 'Events handed to the queue of a domain, repetitions included.',
  labelNames,
  registers: [metrics],
});

let measuring: Promise<void> | null = null;

const measureOne = async ({ subgraph, measure }: Source, destino: string): Promise<void> => {
  const backlog = await measure(destino).catch(() => null);
  if (!backlog) return;
  pending.set({ subgraph, destino }, backlog.pending);
  lag.set({ subgraph, destino }, backlog.lag);
};

const measureAll = async (): Promise<void> => {
  pending.reset();
  lag.reset();
  await Promise.all(
    [...sources].flatMap((source) => source.destinos.map((destino) => measureOne(source, destino))),
  );
};

/** Both gauges are of one measurement, whichever is asked first. */
const collect = (): Promise<void> => {
  measuring ??= measureAll().finally(() => {
    measuring = null;
  });
  return measuring;
};

const pending = new Gauge({
  name: 'teia_outbox_pending',
  help: 'Events that are committed and not yet in the queue of a domain; of each kind of aggregate, 10,000 at most are counted.',
  labelNames,
  registers: [metrics],
  collect,
});

const lag = new Gauge({
  name: 'teia_outbox_lag_seconds',
  help: 'Age of the oldest event that is not yet in the queue of a domain.',
  labelNames,
  registers: [metrics],
  collect,
});

/** Has a subgraph's outbox measured with the others, until the answer is called. */
export const observeOutbox = (source: Source): (() => void) => {
  sources.add(source);
  return () => sources.delete(source);
};
