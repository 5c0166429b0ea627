import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Environment } from '../environment';
import { isTraceparent, newTraceparent, traceIdOf, unrecorded } from '../trace-context';
import type { OpenSpan } from '../tracing/open-span';
import type { Tracing } from '../tracing/tracing';
import { isHealthCheck } from './is-health-check';

type Options = {
  readonly environment: Environment;
  /** Null where nobody is told of traces. */
  readonly tracing?: Tracing | null;
};

const endWith = (span: OpenSpan, { raw }: FastifyReply): void => {
  raw.once('close', () => {
    if (!raw.writableFinished) return span.end('aborted');
    const { statusCode } = raw;
    span.set({ 'http.response.status_code': statusCode });
    span.end(statusCode >= 500 ? String(statusCode) : undefined);
  });
};

/**
 * Makes what gives each request its place in a trace, as a `traceparent` header for what it causes: in the client's
 * own trace when it names one, in a new one otherwise. A client may choose the id, but not that it is recorded.
 */
export const createRequestTrace = ({ environment, tracing }: Options) => {
  const begin = ({ method, routeOptions: { url } }: FastifyRequest, parent: string | null) => {
    if (!tracing || isHealthCheck(url)) return null;
    const attributes = { 'http.request.method': method, 'http.route': url };
    return tracing.atTheDoor({ name: url ? `${method} ${url}` : method, kind: 'SERVER', attributes }, parent);
  };
  return (request: FastifyRequest, reply: FastifyReply): string => {
    const { traceparent: given } = request.headers;
    const parent = isTraceparent(given) ? given : null;
    const span = begin(request, parent);
    if (!span) return parent ? unrecorded(parent) : newTraceparent(environment);
    endWith(span, reply);
    return span.traceparent;
  };
};

/** Names the trace in the answer; whoever asks for help can say where to look. */
export const tellTrace = (reply: FastifyReply, traceparent: string): void => {
  reply.header('x-trace-id', traceIdOf({ traceparent }));
};

/** The place of a request of ours in its trace, as a `traceparent` header. */
export const traceparentOf = (request: FastifyRequest): string => request.getDecorator<string>('traceparent');
