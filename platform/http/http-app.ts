import type { IncomingMessage } from 'node:http';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import type { Environment } from '../environment';
import type { Health } from '../health/health';
import type { Log } from '../log';
import type { Tracing } from '../tracing/tracing';
import { createUnanswered, endingProblem } from './drain';
import { serveHealth } from './health';
import { idsOf } from './ids-of-request';
import { isHealthCheck } from './is-health-check';
import { problemHandlers, refuseUnreadable, sendProblem } from './problem';
import { requestIdOf } from './request-id';
import { createRequestTrace, tellTrace } from './request-trace';
import { setResponseTime } from './response-time';
import { clientClosedRequest, whenAborted } from './when-aborted';

/** How long a request may take to arrive, and its client is assumed to wait for an answer, in milliseconds. */
export const requestTimeout = 30_000;

/**
 * How long a process that ends lets what is in flight go on, in milliseconds: for as long as whoever asked waits, and
 * the moment that an answer about what came too late needs.
 *
 * @param patienceMs of whoever asks.
 */
export const drainTimeoutFor = (patienceMs: number): number => Math.max(patienceMs, requestTimeout) + 1_000;

type Options = {
  readonly environment: Environment;
  readonly production: boolean;
  readonly log: Log;
  /** Told of every request, where somebody is told of traces. */
  readonly tracing?: Tracing | null;
  /** Addresses and networks (`10.0.0.0/8`) whose word on the address of a client is taken; none when left out. */
  readonly proxies?: readonly string[];
  /** The largest body of a request, in bytes. */
  readonly bodyLimit: number;
  /** All headers of a request together, in bytes; 16 kB when left out. */
  readonly headerLimit?: number;
  /** Rejects when this process cannot do its work for now. */
  readonly checkReady?: () => Promise<void>;
  /** How this process and what it needs is. */
  readonly health?: Pick<Health, 'report'>;
  /** What the log tells of a request that is over, beside its ids, route and status. */
  readonly describeRequest?: (request: FastifyRequest) => Record<string, unknown>;
  /** Told of each request that is over: its status, and how long it took in milliseconds. */
  readonly measureRequest?: (request: FastifyRequest, status: number, elapsedMs: number) => void;
  /** How long what is in flight may take once the process ends, in milliseconds; `requestTimeout` when left out. */
  readonly drainTimeout?: number;
};

/**
 * Fastify with what holds for every answer of ours: a request id, problem details for what is not GraphQL, one
 * log line, health checks, and an end that lets what is in flight finish and drops what is idle.
 */
export const createHttpApp = (options: Options): FastifyInstance => {
  const { environment, production, log, bodyLimit, headerLimit } = options;
  const { describeRequest, measureRequest } = options;
  const { proxies, drainTimeout = requestTimeout } = options;
  const problem = problemHandlers(log);
  const traceOf = createRequestTrace(options);
  const identify = (request: FastifyRequest, reply: FastifyReply): string => {
    const traceparent = traceOf(request, reply);
    reply.header('x-request-id', request.id);
    tellTrace(reply, traceparent);
    return traceparent;
  };
  const app: FastifyInstance = fastify({
    bodyLimit,
    requestTimeout,
    forceCloseConnections: 'idle',
    ...(proxies && { trustProxy: [...proxies] }),
    ...(headerLimit && { http: { maxHeaderSize: headerLimit } }),
    genReqId: (request: IncomingMessage) => requestIdOf(request, environment),
    frameworkErrors: (error, request, reply) => {
      // An address that cannot be parsed is answered before any hook runs.
      identify(request, reply);
      setResponseTime(reply);
      return problem.error(error, request, reply);
    },
    clientErrorHandler: (error, socket) => refuseUnreadable(error, socket, options),
    // Fastify's own is no problem details.
    return503OnClosing: false,
  });
  app.setErrorHandler(problem.error);
  app.setNotFoundHandler(problem.notFound);
  const tellOver = (request: FastifyRequest, status: number, elapsedMs: number): void => {
    const { method, routeOptions } = request;
    measureRequest?.(request, status, elapsedMs);
    // Whoever develops has the answer before them; a health check that fails says so itself.
    const isRoutine = !production || isHealthCheck(routeOptions.url);
    const level = isRoutine ? 'debug' : 'info';
    if (!log.isLevelEnabled(level)) return;
    const line = { ...idsOf(request), method, route: routeOptions.url, status, ms: Math.round(elapsedMs) };
    log[level]({ ...line, ...describeRequest?.(request) }, 'request');
  };
  let closing = false;
  const unanswered = createUnanswered();
  app.decorateRequest('traceparent', '');
  app.addHook('onRequest', async (request, reply) => {
    request.setDecorator('traceparent', identify(request, reply));
    whenAborted(reply, () => tellOver(request, clientClosedRequest, reply.elapsedTime));
    if (closing) return sendProblem(request, reply, 503, endingProblem);
    unanswered.add(reply);
  });
  app.addHook('preClose', async () => {
    closing = true;
    // Node no longer enforces its own time-outs then: half a request would keep the process for ever.
    setTimeout(() => app.server.closeAllConnections(), drainTimeout).unref();
  });
  app.addHook('onClose', () => unanswered.none(drainTimeout));
  // Node closes connections that are idle when it stops listening, not those that become idle afterwards.
  app.addHook('onSend', async (_, reply) => {
    setResponseTime(reply);
    if (closing) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async (request, { statusCode, elapsedTime }) =>
    tellOver(request, statusCode, elapsedTime),
  );
  serveHealth(app, options);
  return app;
};
