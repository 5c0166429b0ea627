import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Log } from '../platform/log';
import { defaultQueryLimits, type QueryLimits } from '../platform/settings/query-limits';
import type { SubgraphLinks } from '../platform/subgraph-link';
import { disableApolloTelemetry } from './apollo-telemetry';
import { type Caches, cachesInMemory } from './cache/open-cache';
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
import { checkRules, supergraphRules } from './supergraph-rules';

export type GraphqlServerOptions = {
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
  readonly caches?: Caches;
  /** What an operation may be at most; left out, what holds without a setting. */
  readonly limits?: QueryLimits;
  readonly production: boolean;
  readonly log: Log;
  /** How often somebody may ask; left out or null, as often as they like. */
  readonly rateLimits?: RateLimits | null;
};

const createGateway = (
  { supergraph, readSupergraph: read, links, log }: GraphqlServerOptions,
  { quietLog, planCache }: { readonly quietLog: Log; readonly planCache: PlanCache },
) => {
  disableApolloTelemetry();
  return new ApolloGateway({
    supergraphSdl: read ? reloadingSupergraph({ supergraph, read, check: checkRules, log }) : supergraph,
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
export const startGraphqlServer = async (
  options: GraphqlServerOptions,
): Promise<ApolloServer<RouterContext>> => {
  const {
    production,
    registered,
    onlyRegistered = false,
    caches = cachesInMemory(),
    limits = defaultQueryLimits,
    rateLimits,
  } = options;
  // Both libraries announce their own start at `info`.
  const log = options.log.child({}, { level: options.log.level === 'silent' ? 'silent' : 'warn' });
  const formatError = explainingParsing(createFormatError({ production, log }), limits);
  const plans = createPlanCache();
  const { plugin: readingRules, rulesOf } = supergraphRules();
  const usage =
    rateLimits && limitFields({ ...rateLimits, rulesOf, routeOf: (hash) => routeOfHash(registered, hash) });
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
    persistedQueries: persistedQueries(registered, caches.texts),
    plugins: [
      ...(onlyRegistered ? [registeredOnly(registered)] : []),
      readingRules,
      documentLimits(limits),
      operationRules({
        formatError,
        log,
        rules: [costLimit(limits, rulesOf), ...(usage ? [usage.rule] : [])],
      }),
      noteOperations(registered),
      traceOperations(registered),
      plans.plugin,
      ...(usage ? [usage.plugin] : []),
      ...responseCache(caches.answers, rulesOf),
      jsonStatuses,
      production ? ApolloServerPluginLandingPageDisabled() : sandbox(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
    ],
  });
  await server.start();
  return server;
};
