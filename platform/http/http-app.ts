import type { IncomingMessage } from 'node:http';
import { type FastifyInstance, fastify } from 'fastify';
import type { Environment } from '../environment';
import type { Log } from '../log';
import { isHealthCheck, serveHealth } from './health';
import { problemHandlers, refuseUnreadable, sendProblem } from './problem';
import { requestIdOf } from './request-id';

/** How long a request may take to arrive, and its client is assumed to wait for an answer, in milliseconds. */
export const requestTimeout = 30_000;

type Options = {
  readonly environment: Environment;
  readonly production: boolean;
  readonly log: Log;
  /** Addresses and networks (`10.0.0.0/8`) whose word on the address of a client is taken; none when left out. */
  readonly proxies?: readonly string[];
  /** The largest body of a request, in bytes. */
  readonly bodyLimit: number;
  /** All headers of a request together, in bytes; 16 kB when left out. */
  readonly headerLimit?: number;
  /** Rejects when this process cannot do its work for now. */
  readonly checkReady?: () => Promise<void>;
  /** How long what is in flight may take once the process ends, in milliseconds; `requestTimeout` when left out. */
  readonly drainTimeout?: number;
};

/**
 * Fastify with what holds for every answer of ours: a request id, problem details for what is not GraphQL, one
 * log line, health checks, and an end that lets what is in flight finish and drops what is idle.
 */
export const createHttpApp = (options: Options): FastifyInstance => {
  const { environment, production, log, bodyLimit, headerLimit, checkReady } = options;
  const { proxies, drainTimeout = requestTimeout } = options;
  const problem = problemHandlers(log);
  const app: FastifyInstance = fastify({
    bodyLimit,
    requestTimeout,
    forceCloseConnections: 'idle',
    ...(proxies && { trustProxy: [...proxies] }),
    ...(headerLimit && { http: { maxHeaderSize: headerLimit } }),
    genReqId: (request: IncomingMessage) => requestIdOf(request, environment),
    frameworkErrors: problem.error,
    clientErrorHandler: refuseUnreadable,
    // Fastify's own is no problem details.
    return503OnClosing: false,
  });
  app.setErrorHandler(problem.error);
  app.setNotFoundHandler(problem.notFound);
  let closing = false;
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (closing) return sendProblem(request, reply, 503);
  });
  app.addHook('preClose', async () => {
    closing = true;
    // Node no longer enforces its own time-outs then: half a request would keep the process for ever.
    setTimeout(() => app.server.closeAllConnections(), drainTimeout).unref();
  });
  // Node closes connections that are idle when it stops listening, not those that become idle afterwards.
  app.addHook('onSend', async (_, reply) => {
    if (closing) reply.header('connection', 'close');
  });
  app.addHook('onResponse', async ({ id, method, routeOptions }, { statusCode, elapsedTime }) => {
    const ms = Math.round(elapsedTime);
    // Whoever develops has the answer before them; a health check that fails says so itself.
    const isRoutine = !production || isHealthCheck(routeOptions.url);
    log[isRoutine ? 'debug' : 'info'](
      { requestId: id, method, route: routeOptions.url, status: statusCode, ms },
      'request',
    );
  });
  serveHealth(app, log, checkReady);
  return app;
};
