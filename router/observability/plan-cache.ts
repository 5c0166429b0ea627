import type { GatewayConfig } from '@apollo/gateway';
import type { ApolloServerPlugin } from '@apollo/server';
import { LRUCache } from 'lru-cache';
import { Counter, Gauge } from 'prom-client';
import { metrics } from '../../platform/metrics';

export type PlanCache = NonNullable<NonNullable<GatewayConfig['queryPlannerConfig']>['cache']>;
type Plan = NonNullable<Awaited<ReturnType<PlanCache['get']>>>;

/** In bytes of JSON, as much as the gateway's own would hold. */
const largest = 30 * 1024 * 1024;

const registers = [metrics];
const kept = new Set<LRUCache<string, Plan>>();
const sumOf = (size: (plans: LRUCache<string, Plan>) => number) =>
  [...kept].reduce((sum, plans) => sum + size(plans), 0);

const lookups = new Counter({
  name: 'gateway_plan_cache_total',
  help: 'Operations by whether their query plan was there (hit) or had to be made (miss).',
  labelNames: ['outcome'] as const,
  registers,
});
for (const outcome of ['hit', 'miss'] as const) lookups.inc({ outcome }, 0);

new Gauge({
  name: 'gateway_plan_cache_entries',
  help: 'Query plans that are kept.',
  registers,
  collect() {
    this.set(sumOf(({ size }) => size));
  },
});

new Gauge({
  name: 'gateway_plan_cache_bytes',
  help: 'How large the kept query plans are, as JSON; 30 MB at most, then the least used goes.',
  registers,
  collect() {
    this.set(sumOf(({ calculatedSize }) => calculatedSize));
  },
});

/** Keeps the gateway's query plans, and tells of them; measured from the server's start to its end. */
export const createPlanCache = (): {
  readonly cache: PlanCache;
  readonly plugin: ApolloServerPlugin;
} => {
  const plans = new LRUCache<string, Plan>({
    maxSize: largest,
    sizeCalculation: (plan) => Buffer.byteLength(JSON.stringify(plan)),
  });
  return {
    cache: {
      get: async (key) => {
        const plan = plans.get(key);
        lookups.inc({ outcome: plan ? 'hit' : 'miss' });
        return plan;
      },
      set: async (key, plan) => {
        plans.set(key, plan);
      },
      delete: async (key) => plans.delete(key),
      clear: () => plans.clear(),
    },
    plugin: {
      serverWillStart: async () => {
        kept.add(plans);
        return {
          serverWillStop: async () => {
            kept.delete(plans);
          },
        };
      },
    },
  };
};
