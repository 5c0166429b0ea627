import type { IncomingMessage } from 'node:http';
import { type FastifyInstance, fastify } from 'fastify';
import type { Environment } from '../environment';
import type { Log } from '../log';
import { isHealthCheck, serveHealth } from './health';
import { problemHandlers } from './problem';
import { requestIdOf } from './request-id';

/** How long a request may take to arrive, and its client is assumed to wait for an answer, in milliseconds. */
export const requestTimeout = 30_000;

type Options = {
  readonly environment: Environment;
  readonly production: boolean;
  readonly log: Log;
  /** The largest body of a request, in bytes. */
  readonly bodyLimit: number;
  /** All headers of a request together, in bytes; 16 kB when left out. */
  readonly headerLimit?: number;
  /** Rejects when this process cannot do its work for now. */
  readonly checkReady?: () => Promise<void>;
};

/**
 * Fastify with what holds for every answer of ours: a request id, problem details for what is not GraphQL, one
 * log line, health checks, and an end that lets what is in flight finish and drops what is idle.
 */
export const createHttpApp = (options: Options): FastifyInstance => {
  const { environment, production, log, bodyLimit, headerLimit, checkReady } = options;
  const problem = problemHandlers(log);
  const app: FastifyInstance = fastify({
    bodyLimit,
    requestTimeout,
    forceCloseConnections: 'idle',
    ...(headerLimit && { http: { maxHeaderSize: headerLimit } }),
    genReqId: (request: IncomingMessage) => requestIdOf(request, environment),
    frameworkErrors: problem.error,
  });
  app.setErrorHandler(problem.error);
  app.setNotFoundHandler(problem.notFound);
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
  });
  // Node closes connections that are idle when it stops listening, not those that become idle afterwards.
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
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
