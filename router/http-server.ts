import cors from '@fastify/cors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Environment } from '../platform/environment';
import type { Health } from '../platform/health/health';
import { createHttpApp } from '../platform/http/http-app';
import type { Log } from '../platform/log';
import type { Tracing } from '../platform/tracing/tracing';
import { compressAnswers } from './compress-answers';
import { usageHeaderNames } from './rate-limit/usage-headers';
import { securityHeaders } from './security-headers';

export type HttpServerOptions = {
  readonly environment: Environment;
  readonly production: boolean;
  readonly log: Log;
  /** How this process and what it needs is; `/health` tells. */
  readonly health?: Pick<Health, 'report'>;
  /** Told of every request, where somebody is told of traces. */
  readonly tracing?: Tracing | null;
  readonly describeRequest?: (request: FastifyRequest) => Record<string, unknown>;
  readonly measureRequest?: (request: FastifyRequest, status: number, elapsedMs: number) => void;
  /** Addresses and networks of the proxies in front, whose word on the address of a client is taken. */
  readonly proxies: readonly string[];
  /** Origins of the pages that may call, besides local ones in development. */
  readonly origins: readonly string[];
  /** The largest body of a request, in bytes. */
  readonly bodyLimit: number;
  /** How long what is in flight may take once the process ends, in milliseconds. */
  readonly drainTimeout?: number;
};

const localhost = /^https?:\/\/(localhost|[\w-]+\.localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/**
 * The door that clients knock at: as every HTTP server of ours, with security headers. Pages of the origins that are
 * listed may call it, in development those of any local origin too. It is ready as long as it answers: a subgraph that
 * is down costs its branch, not the router.
 */
export const createHttpServer = async (options: HttpServerOptions): Promise<FastifyInstance> => {
  const app = createHttpApp(options);
  const headers = securityHeaders();
  app.addHook('onRequest', ({ raw }, reply, done) => {
    // Fastify believes a proxy in these too, of which nothing here is to depend.
    raw.headers['x-forwarded-host'] = undefined;
    raw.headers['x-forwarded-proto'] = undefined;
    reply.headers(headers);
    done();
  });
  const origins = [...options.origins, ...(options.production ? [] : [localhost])];
  if (origins.length > 0)
    await app.register(cors, {
      origin: origins,
      methods: ['GET', 'POST'],
      exposedHeaders: ['x-request-id', ...usageHeaderNames, 'x-trace-id', 'x-response-time'],
      maxAge: 600,
    });
  await compressAnswers(app);
  return app;
};
