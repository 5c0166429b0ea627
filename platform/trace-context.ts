import type { RequestInfo } from './caller';
import type { Environment } from './environment';

// W3C Trace Context, version 00, and what later ones begin with.
const form = /^(?!ff)[\da-f]{2}-((?!0{32})[\da-f]{32})-(?!0{16})[\da-f]{16}-[\da-f]{2}$/;

/** Whether it is a `traceparent` header by W3C Trace Context. */
export const isTraceparent = (given: unknown): given is string =>
  typeof given === 'string' && form.test(given);

/** The `traceparent` of a trace that begins here and that nobody records. */
export const newTraceparent = ({ aleatorio }: Pick<Environment, 'aleatorio'>): string => {
  const ids = aleatorio(24).toString('hex');
  return `00-${ids.slice(0, 32)}-${ids.slice(32)}-00`;
};

/** The trace id (32 hexadecimal digits) under which all that a request caused is found, in every process. */
export const traceIdOf = ({ traceparent }: Pick<RequestInfo, 'traceparent'>): string | null =>
  form.exec(traceparent ?? '')?.[1] ?? null;
