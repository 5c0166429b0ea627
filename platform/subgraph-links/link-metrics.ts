import { Counter, Gauge, Histogram } from 'prom-client';
import { metrics } from '../metrics';
import type { SubgraphLink } from '../subgraph-link';
import type { BreakerState } from './breaker';
import { SubgraphFailure } from './failure';

const breakerState = new Gauge({
  name: 'gateway_circuit_breaker_state',
  help: 'Circuit breaker of a subgraph: 0 closed, 1 open, 2 half-open.',
  labelNames: ['service'],
  registers: [metrics],
});

const stateNumbers: Readonly<Record<BreakerState, number>> = { closed: 0, open: 1, 'half-open': 2 };

export const observeBreaker = (service: string, state: BreakerState): void =>
  breakerState.set({ service }, stateNumbers[state]);

export const retries = new Counter({
  name: 'gateway_subgraph_retries_total',
  help: 'Requests sent to a subgraph once more.',
  labelNames: ['service'],
  registers: [metrics],
});

export const ejections = new Counter({
  name: 'gateway_subgraph_ejections_total',
  help: 'Times that an instance of a subgraph was set aside because it failed repeatedly.',
  labelNames: ['service'],
  registers: [metrics],
});

const fetches = new Histogram({
  name: 'gateway_subgraph_fetch_duration_seconds',
  help: 'Requests to a subgraph, retries included, by how they ended: ok, or the kind of failure.',
  labelNames: ['service', 'outcome'],
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers: [metrics],
});

/** Measures every request over a link. */
export const measured =
  (service: string, link: SubgraphLink): SubgraphLink =>
  async (request, asking) => {
    const begun = performance.now();
    let outcome = 'ok';
    try {
      return await link(request, asking);
    } catch (error) {
      outcome = error instanceof SubgraphFailure ? error.kind : 'failed';
      throw error;
    } finally {
      fetches.observe({ service, outcome }, (performance.now() - begun) / 1_000);
    }
  };
