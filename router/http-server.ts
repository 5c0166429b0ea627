import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';
import type { Environment } from '../platform/environment';
import { createHttpApp } from '../platform/http/http-app';
import type { Log } from '../platform/log';
import { securityHeaders } from './security-headers';

type Options = {
  readonly environment: Environment;
  readonly production: boolean;
  readonly log: Log;
  /** Addresses and networks of the proxies in front. */
  readonly proxies: readonly string[];
};

const bodyLimit = 1024 * 1024;
const localhost = /^https?:\/\/(localhost|[\w-]+\.localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * The door that clients knock at: as every HTTP server of ours, with security headers. In development pages of
 * any local origin may call it; in production none may. It is ready as long as it answers: a subgraph that is
 * down costs its branch, not the router.
 */
export const createHttpServer = async (options: Options): Promise<FastifyInstance> => {
  const app = createHttpApp({ ...options, bodyLimit });
  const headers = securityHeaders();
  app.addHook('onRequest', ({ raw }, reply, done) => {
    // Fastify believes a proxy in these too, of which nothing here is to depend.
    raw.headers['x-forwarded-host'] = undefined;
    raw.headers['x-forwarded-proto'] = undefined;
    reply.headers(headers);
    done();
  });
  if (!options.production)
    await app.register(cors, { origin: localhost, exposedHeaders: ['x-request-id'], maxAge: 600 });
  return app;
};
