import { Counter, Gauge, Histogram } from 'prom-client';
import { metrics } from '../metrics';
import type { CloudEvent } from './cloud-event';
import { isKnown } from './read-envelope';

const registers = [metrics];

const consumed = new Counter({
  name: 'teia_events_consumed_total',
  help: 'Deliveries of events, by what came of them',
  labelNames: ['destino', 'type', 'outcome'] as const,
  registers,
});

const latency = new Histogram({
  name: 'teia_event_latency_seconds',
  help: 'From a change to the effect of its event in another domain',
  labelNames: ['destino'] as const,
  buckets: [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 60, 300, 3600],
  registers,
});

const dead = new Gauge({
  name: 'teia_events_dead',
  help: 'Events that were given up and wait for somebody to ask for another round',
  labelNames: ['destino'] as const,
  registers,
});

const waiting = new Gauge({
  name: 'teia_events_waiting',
  help: 'Events that wait for an earlier one of their aggregate, or for another try',
  labelNames: ['destino'] as const,
  registers,
});

export type Outcome = 'applied' | 'repeated' | 'waiting' | 'failed' | 'dead';

export const countDelivery = (destino: string, type: string, outcome: Outcome): void =>
  // A queue may hold events of a newer version: their names are not ours to bound.
  consumed.inc({ destino, type: isKnown(type) ? type : 'desconhecido', outcome });

export const observeLatency = (destino: string, { time }: CloudEvent, agora: Date): void =>
  latency.observe({ destino }, Math.max(0, agora.getTime() - Date.parse(time)) / 1_000);

export const showPending = (
  destino: string,
  counts: { readonly dead: number; readonly waiting: number },
): void => {
  dead.set({ destino }, counts.dead);
  waiting.set({ destino }, counts.waiting);
};
