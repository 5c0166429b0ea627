import { TraceFlags, type Tracer } from '@opentelemetry/api';
import type { Environment } from '../environment';
import type { TracingSettings } from '../settings/tracing';
import { parseTraceparent } from '../trace-context';
import { openSpan } from './open-span';
import type { Tracing } from './tracing';

type Sampling = Pick<TracingSettings, 'OTEL_TRACES_SAMPLER' | 'OTEL_TRACES_SAMPLER_ARG'>;

const ratioOf = ({ OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: ratio }: Sampling): number => {
  if (sampler.endsWith('always_on')) return 1;
  return sampler.endsWith('always_off') ? 0 : ratio;
};

/**
 * Decides by the settings which traces are recorded, once for each: at the door. A coin decides, and not the trace id,
 * which a client may choose. What a client says of it is heard when the sampler is `parentbased_…`.
 */
export const createTracing = (
  tracer: Tracer,
  sampling: Sampling,
  { aleatorio }: Pick<Environment, 'aleatorio'>,
): Tracing => {
  const ratio = ratioOf(sampling);
  const isParentBased = sampling.OTEL_TRACES_SAMPLER.startsWith('parentbased_');
  const toss = () => ratio === 1 || (ratio > 0 && aleatorio(4).readUInt32BE() / 2 ** 32 < ratio);
  return {
    atTheDoor: (start, traceparent) => {
      const parent = parseTraceparent(traceparent);
      const isRecorded = parent && isParentBased ? parent.traceFlags === TraceFlags.SAMPLED : toss();
      return isRecorded ? openSpan(tracer, start, parent) : null;
    },
    within: (start, traceparent) => {
      const parent = parseTraceparent(traceparent);
      return parent?.traceFlags === TraceFlags.SAMPLED ? openSpan(tracer, start, parent) : null;
    },
  };
};
