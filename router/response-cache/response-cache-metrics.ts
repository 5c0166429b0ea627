import { Counter } from 'prom-client';
import { metrics } from '../../platform/metrics';

/** Of reads that the schema lets be kept: answered from the cache, not found in it, or told by the client not to look. */
export type CacheOutcome = 'hit' | 'miss' | 'bypass';

const answers = new Counter({
  name: 'gateway_response_cache_total',
  help: 'Reads whose answers may be kept: hit, miss, or bypass when the client asked for a new one.',
  labelNames: ['outcome'],
  registers: [metrics],
});

export const countCacheable = (outcome: CacheOutcome): void => answers.inc({ outcome });
