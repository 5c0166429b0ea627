import type { Environment } from '../platform/environment';
import { drainTimeoutFor } from '../platform/http/http-app';
import { traceparentOf } from '../platform/http/request-trace';
import { serveWellKnown } from '../platform/http/well-known';
import { defaultQueryLimits } from '../platform/settings/query-limits';
import type { WellKnown } from '../platform/subgraph/define-subgraph';
import { traceLinks } from '../platform/tracing/traced-link';
import type { JwksSource } from '../platform/verified-jwt';
import { clientAddress, createAskingOf } from './auth/request-context';
import type { Revocations } from './auth/revocations';
import { createTokenVerifier } from './auth/verify-token';
import { type GraphqlServerOptions, startGraphqlServer } from './graphql-server';
import { splitEntities } from './guards/split-entities';
import { createHttpServer, type HttpServerOptions } from './http-server';
import { describeRequest } from './observability/describe-request';
import { noteFetches } from './observability/note-fetches';
import { beginNote } from './observability/operation-note';
import { beginOperation } from './observability/operation-spans';
import { measureRequest } from './observability/request-metrics';
import { routeOfRequest } from './rate-limit/route-of';
import { failBeginning } from './request-of-error';
import { serveGraphql } from './serve-graphql';

type Options = GraphqlServerOptions &
  Pick<HttpServerOptions, 'health' | 'tracing' | 'proxies'> & {
    /** Origins of the pages that may call, besides local ones in development; none when left out. */
    readonly origins?: readonly string[];
    readonly jwks: JwksSource;
    /** Null where nobody revokes: a token is then good until it expires. */
    readonly revocations: Revocations | null;
    readonly wellKnown: WellKnown;
    readonly environment: Environment;
    /** How long a client is assumed to wait for an answer, in milliseconds; 30 s when left out. */
    readonly patienceMs?: number;
  };

/**
 * Puts HTTP, Apollo Server and the gateway together: the one door of the supergraph. `app` is the Fastify
 * instance, to listen with; `close` stops accepting, lets what is in flight finish and closes idle connections.
 * The links stay their maker's to close, after this.
 */
export const createRouter = async (options: Options) => {
  const {
    links,
    registered,
    limits = defaultQueryLimits,
    origins = [],
    jwks,
    revocations,
    wellKnown,
    environment,
    production,
    tracing,
    patienceMs = 30_000,
    rateLimits,
  } = options;
  const apollo = await startGraphqlServer({
    ...options,
    links: splitEntities(noteFetches(tracing ? traceLinks(tracing, links) : links), limits.entities),
  });
  const app = await createHttpServer({
    ...options,
    origins,
    bodyLimit: limits.body,
    drainTimeout: drainTimeoutFor(patienceMs),
    describeRequest,
    measureRequest,
  });

  const verifyToken = createTokenVerifier(jwks, environment.agora);
  const askingOf = createAskingOf({ verifyToken, revocations, environment, patienceMs });
  serveGraphql(app, apollo, {
    path: '/graphql',
    context: async (request) => {
      const failed = failBeginning({ requestId: request.id, traceparent: traceparentOf(request) });
      const route = () => routeOfRequest(registered, request.body ?? request.query);
      const asking = await askingOf(request)
        .catch(async (error: unknown) => {
          // Whoever tries out tokens is counted by where they are.
          await rateLimits?.limitRequest({ caller: null, info: { ip: clientAddress(request) } }, route);
          throw error;
        })
        .catch(failed);
      const context = beginOperation(tracing, asking);
      beginNote(request, context.asking);
      const usage = await rateLimits?.limitRequest(asking, route).catch(failed);
      return { ...context, usage };
    },
  });
  if (!production) app.get('/', (_, reply) => reply.redirect('/graphql'));
  serveWellKnown(app, wellKnown);

  const close = async () => {
    await app.close();
    await apollo.stop();
  };
  let closed: Promise<void> | undefined;

  return {
    app,
    // A second call of `apollo.stop` while the first runs would never end.
    close: (): Promise<void> => {
      closed ??= close();
      return closed;
    },
  };
};
