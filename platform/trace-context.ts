import { createTraceState, type SpanContext, TraceFlags } from '@opentelemetry/api';
import type { RequestInfo } from './caller';
import type { Environment } from './environment';

// W3C Trace Context, version 00, and what later ones begin with.
const form = /^(?!ff)[\da-f]{2}-((?!0{32})[\da-f]{32})-((?!0{16})[\da-f]{16})-([\da-f]{2})$/;

/** Whether it is a `traceparent` header by W3C Trace Context. */
export const isTraceparent = (given: unknown): given is string =>
  typeof given === 'string' && form.test(given);

/** What a `traceparent` header says; null when it is none. */
export const parseTraceparent = (given: string | null): SpanContext | null => {
  const [, traceId, spanId, flags] = form.exec(given ?? '') ?? [];
  if (!traceId || !spanId) return null;
  return { traceId, spanId, traceFlags: Number.parseInt(flags!, 16) & TraceFlags.SAMPLED, isRemote: true };
};

export const formatTraceparent = ({ traceId, spanId, traceFlags }: SpanContext): string =>
  `00-${traceId}-${spanId}-0${traceFlags & TraceFlags.SAMPLED}`;

/** The `traceparent` of a trace that begins here and that nobody records. */
export const newTraceparent = ({ aleatorio }: Pick<Environment, 'aleatorio'>): string => {
  const ids = aleatorio(24).toString('hex');
  return `00-${ids.slice(0, 32)}-${ids.slice(32)}-00`;
};

/** The same place in the same trace, for whom it is not recorded. */
export const unrecorded = (traceparent: string): string => `00-${traceparent.slice(3, 52)}-00`;

/** What of a `tracestate` header is well formed, up to 512 characters; null when nothing is. */
export const readTracestate = (given: unknown): string | null =>
  (typeof given === 'string' && createTraceState(given).serialize()) || null;

/** The trace id (32 hexadecimal digits) under which all that a request caused is found, in every process. */
export const traceIdOf = ({ traceparent }: Pick<RequestInfo, 'traceparent'>): string | null =>
  form.exec(traceparent ?? '')?.[1] ?? null;
