import cors from '@fastify/cors';
import helmet from '@fastify/helmet';
import { type FastifyInstance, fastify } from 'fastify';
import type { Environment } from '../platform/environment';
import type { Log } from '../platform/log';
import { requestIdOf, requestTimeout } from './auth/request-context';
import { problemHandlers } from './problem';

type Options = { readonly environment: Environment; readonly production: boolean; readonly log: Log };

const bodyLimit = 1024 * 1024;
const localhost = /^https?:\/\/(localhost|[\w-]+\.localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * Fastify with what holds for every answer: security headers, a request id, problem details for what is not
 * GraphQL, one log line. In development pages of any local origin may call it; in production none may.
 */
export const createHttpServer = async ({
  environment,
  production,
  log,
}: Options): Promise<FastifyInstance> => {
  const problem = problemHandlers(log);
  const app = fastify({
    bodyLimit,
    requestTimeout,
    forceCloseConnections: 'idle',
    genReqId: (request) => requestIdOf(request, environment),
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
    // Whoever develops has the answer before them.
    log[production ? 'info' : 'debug'](
      { requestId: id, method, route: routeOptions.url, status: statusCode, ms },
      'request',
    );
  });
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
  });
  if (!production)
    await app.register(cors, { origin: localhost, exposedHeaders: ['x-request-id'], maxAge: 600 });
  return app;
};
