import type { KeyValueCache } from '@apollo/utils.keyvaluecache';
import type { Environment } from '../platform/environment';
import type { Health } from '../platform/health/health';
import { traceparentOf } from '../platform/http/request-trace';
import { serveWellKnown } from '../platform/http/well-known';
import type { Log } from '../platform/log';
import { defaultQueryLimits, type QueryLimits } from '../platform/settings/query-limits';
import type { WellKnown } from '../platform/subgraph/define-subgraph';
import type { SubgraphLinks } from '../platform/subgraph-link';
import { traceLinks } from '../platform/tracing/traced-link';
import type { Tracing } from '../platform/tracing/tracing';
import type { JwksSource } from '../platform/verified-jwt';
import { createAskingOf } from './auth/request-context';
import type { Revocations } from './auth/revocations';
import { createTokenVerifier } from './auth/verify-token';
import type { RegisteredOperations } from './documents/registered';
import { startGraphqlServer } from './graphql-server';
import { splitEntities } from './guards/split-entities';
import { createHttpServer } from './http-server';
import { describeRequest } from './observability/describe-request';
import { noteFetches } from './observability/note-fetches';
import { beginNote } from './observability/operation-note';
import { beginOperation } from './observability/operation-spans';
import { measureRequest } from './observability/request-metrics';
import type { RateLimits } from './rate-limit/open-rate-limits';
import { routeOfRequest } from './rate-limit/route-of';
import { failBeginning } from './request-of-error';
import { serveGraphql } from './serve-graphql';

type Options = {
  /** The composed supergraph, as text. */
  readonly supergraph: string;
  /** Reads it again, where it may change while it is served; it is asked every few seconds. */
  readonly readSupergraph?: () => Promise<string>;
  readonly links: SubgraphLinks;
  /** The operations that it knows by their hashes, and whose names appear in measurements. */
  readonly registered: RegisteredOperations;
  /** Whether it executes no others; left out, it does. */
  readonly onlyRegistered?: boolean;
  /** Where answers and texts are kept; left out, in memory. */
  readonly cache?: KeyValueCache;
  /** What an operation may be at most; left out, what holds without a setting. */
  readonly limits?: QueryLimits;
  /** Origins of the pages that may call, besides local ones in development; none when left out. */
  readonly origins?: readonly string[];
  readonly jwks: JwksSource;
  /** Null where nobody revokes: a token is then good until it expires. */
  readonly revocations: Revocations | null;
  readonly wellKnown: WellKnown;
  readonly environment: Environment;
  readonly production: boolean;
  readonly log: Log;
  /** How this process and what it needs is; `/health` tells. */
  readonly health?: Pick<Health, 'report'>;
  /** Told of every request, where somebody is told of traces. */
  readonly tracing?: Tracing | null;
  /** How long a client is assumed to wait for an answer, in milliseconds; 30 s when left out. */
  readonly patienceMs?: number;
  /** Addresses and networks of the proxies in front, whose word on the address of a client is taken. */
  readonly proxies: readonly string[];
  /** How often somebody may ask; left out or null, as often as they like. */
  readonly rateLimits?: RateLimits | null;
};

/**
 * Puts HTTP, Apollo Server and the gateway together: the one door of the supergraph. `app` is the Fastify
 * instance, to listen with; `close` stops accepting, lets what is in flight finish and closes idle connections.
 * The links stay their maker's to close, after this.
 */
export const createRouter = async (options: Options) => {
  const {
    supergraph,
    readSupergraph,
    links,
    registered,
    onlyRegistered,
    cache,
    limits = defaultQueryLimits,
    origins = [],
    jwks,
    revocations,
    wellKnown,
    environment,
    production,
    log,
    health,
    tracing,
    proxies,
    patienceMs = 30_000,
    rateLimits,
  } = options;
  const apollo = await startGraphqlServer({
    supergraph,
    readSupergraph,
    links: splitEntities(noteFetches(tracing ? traceLinks(tracing, links) : links), limits.entities),
    registered,
    onlyRegistered,
    cache,
    limits,
    rateLimits,
    production,
    log,
  });
  const app = await createHttpServer({
    environment,
    production,
    log,
    health,
    tracing,
    proxies,
    origins,
    bodyLimit: limits.body,
    describeRequest,
    measureRequest,
  });

  const verifyToken = createTokenVerifier(jwks, environment.agora);
  const askingOf = createAskingOf({ verifyToken, revocations, environment, patienceMs });
  serveGraphql(app, apollo, {
    path: '/graphql',
    context: async (request) => {
      const failed = failBeginning({ requestId: request.id, traceparent: traceparentOf(request) });
      const asking = await askingOf(request).catch(failed);
      const route = () => routeOfRequest(registered, request.body ?? request.query);
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
