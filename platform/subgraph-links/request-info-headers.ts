import type { IncomingHttpHeaders } from 'node:http';
import type { RequestInfo } from '../caller';
import { decodeHeaderText, encodeHeaderText } from './header-text';

const names = {
  requestId: 'x-request-id',
  correlationId: 'x-correlation-id',
  traceparent: 'traceparent',
  tracestate: 'tracestate',
  ip: 'x-forwarded-for',
  userAgent: 'user-agent',
  chaveIdempotencia: 'idempotency-key',
  prazo: 'x-deadline',
} as const satisfies Record<keyof RequestInfo, string>;

/** A RequestInfo as the headers of a request between processes of ours; what is null has none. */
export const requestInfoHeaders = (info: RequestInfo): Record<string, string> =>
  Object.fromEntries(
    Object.entries(names).flatMap(([field, header]) => {
      const value = info[field as keyof RequestInfo];
      return value === null ? [] : [[header, encodeHeaderText(String(value))]];
    }),
  );

/**
 * Reads those headers back. Only for a request whose assertion held: anybody can write headers.
 *
 * @param requestId for a request that names none.
 * @throws URIError for headers that are not ours.
 */
export const readRequestInfo = (headers: IncomingHttpHeaders, requestId: string): RequestInfo => {
  const read = (field: keyof typeof names): string | null => {
    const given = headers[names[field]];
    return typeof given === 'string' ? decodeHeaderText(given) : null;
  };
  const prazo = Number(read('prazo') ?? Number.NaN);
  const id = read('requestId') ?? requestId;
  return {
    requestId: id,
    correlationId: read('correlationId') ?? id,
    traceparent: read('traceparent'),
    tracestate: read('tracestate'),
    ip: read('ip'),
    userAgent: read('userAgent'),
    chaveIdempotencia: read('chaveIdempotencia'),
    prazo: Number.isFinite(prazo) ? prazo : null,
  };
};
