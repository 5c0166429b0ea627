import { Gauge } from 'prom-client';
import { metrics } from '../../platform/metrics';

const ages = new Set<() => number>();

new Gauge({
  name: 'teia_revocations_age_seconds',
  help: 'Age of the last good reading of what usuarios revokes; above 30 whoever is signed in is answered 503.',
  registers: [metrics],
  collect() {
    if (ages.size === 0) this.remove();
    else this.set(Math.max(...[...ages].map((ageMs) => ageMs() / 1_000)));
  },
});

/**
 * Has the age of the last good reading measured, until the answer is called.
 *
 * @param ageMs in milliseconds; Infinity before the first.
 */
export const observeRevocations = (ageMs: () => number): (() => void) => {
  ages.add(ageMs);
  return () => ages.delete(ageMs);
};
