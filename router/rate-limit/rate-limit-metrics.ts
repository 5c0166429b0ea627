import { Counter } from 'prom-client';
import type { Caller } from '../../platform/caller';
import { metrics } from '../../platform/metrics';

const hits = new Counter({
  name: 'gateway_rate_limit_hits_total',
  help: 'Requests refused because of a limit of use, by the name of the registered operation or outra.',
  labelNames: ['route', 'user_type'] as const,
  registers: [metrics],
});

/** @param route the name of a registered operation, or `outra`: never what a client calls it. */
export const countHit = (route: string, caller: Caller | null): void =>
  hits.inc({ route, user_type: caller ? 'usuario' : 'anonimo' });
