import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { KeyValueCache } from '@apollo/utils.keyvaluecache';
import type { Log } from '../platform/log';
import { defaultQueryLimits, type QueryLimits } from '../platform/settings/query-limits';
import type { SubgraphLinks } from '../platform/subgraph-link';
import { disableApolloTelemetry } from './apollo-telemetry';
import { cacheInMemory } from './cache/cache-in-memory';
import { persistedQueries } from './documents/persisted-queries';
import type { RegisteredOperations } from './documents/registered';
import { registeredOnly } from './documents/registered-only';
import { createFormatError } from './format-error';
import { costLimit } from './guards/cost-limit';
import { documentLimits, explainingParsing } from './guards/document-limits';
import { jsonStatuses } from './json-statuses';
import { sandbox } from './landing-page';
import { noteOperations } from './observability/note-operations';
import { traceOperations } from './observability/operation-spans';
import { createPlanCache, type PlanCache } from './observability/plan-cache';
import { operationRules } from './operation-rules';
import { limitFields } from './rate-limit/limit-fields';
import type { RateLimits } from './rate-limit/open-rate-limits';
import { routeOfHash } from './rate-limit/route-of';
import { reloadingSupergraph } from './reload-supergraph';
import { responseCache } from './response-cache/response-cache';
import { gatewayDataSource, type RouterContext } from './subgraph-links/gateway-data-source';

type Options = {
  readonly supergraph: string;
  /** Reads the supergraph again, where it may change while it is served. */
  readonly readSupergraph?: () => Promise<string>;
  readonly links: SubgraphLinks;
  readonly registered: RegisteredOperations;
  /** Whether it executes no others; left out, it does. */
  readonly onlyRegistered?: boolean;
  /** Where answers and texts are kept; left out, in memory. */
  readonly cache?: KeyValueCache;
  /** What an operation may be at most; left out, what holds without a setting. */
  readonly limits?: QueryLimits;
  readonly production: boolean;
  readonly log: Log;
  readonly rateLimits?: RateLimits | null;
};

const createGateway = (
  { supergraph, readSupergraph: read, links, log }: Options,
  { quietLog, planCache }: { readonly quietLog: Log; readonly planCache: PlanCache },
) => {
  disableApolloTelemetry();
  return new ApolloGateway({
    supergraphSdl: read ? reloadingSupergraph({ supergraph, read, log }) : supergraph,
    buildService: ({ name }) => gatewayDataSource(name, links(name), log),
    validateSupergraph: true,
    // A header would otherwise make it answer with the query plan, subgraph names included.
    __exposeQueryPlanExperimental: false,
    logger: quietLog,
    queryPlannerConfig: { cache: planCache },
  });
};

/**
 * Apollo Server over the gateway, started. Nothing is reported to Apollo, whatever the environment says.
 *
 * @throws when the supergraph is not one.
 */
export const startGraphqlServer = async (options: Options): Promise<ApolloServer<RouterContext>> => {
  const {
    production,
    registered,
    onlyRegistered = false,
    cache = cacheInMemory(),
    limits = defaultQueryLimits,
    rateLimits,
  } = options;
  // Both libraries announce their own start at `info`.
  const log = options.log.child({}, { level: options.log.level === 'silent' ? 'silent' : 'warn' });
  const formatError = explainingParsing(createFormatError({ production, log }), limits);
  const plans = createPlanCache();
  const server = new ApolloServer<RouterContext>({
    gateway: createGateway(options, { quietLog: log, planCache: plans.cache }),
    logger: log,
    formatError,
    nodeEnv: production ? 'production' : 'development',
    introspection: !production,
    hideSchemaDetailsFromClientErrors: production,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    parseOptions: { maxTokens: limits.tokens },
    // To tell of all that is wrong with a document, line by line, can take longer than to answer it.
    validationOptions: { maxErrors: 5, hideSuggestions: production },
    stopOnTerminationSignals: false,
    persistedQueries: persistedQueries(registered, cache),
    plugins: [
      ...(onlyRegistered ? [registeredOnly(registered)] : []),
      documentLimits(limits),
      operationRules(formatError, log),
      costLimit(limits),
      noteOperations(registered),
      traceOperations(registered),
      plans.plugin,
      ...(rateLimits
        ? [limitFields({ ...rateLimits, routeOf: (hash) => routeOfHash(registered, hash) })]
        : []),
      ...responseCache(cache),
      jsonStatuses,
      production ? ApolloServerPluginLandingPageDisabled() : sandbox(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
    ],
  });
  await server.start();
  return server;
};
