import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Log } from '../platform/log';
import type { SubgraphLinks } from '../platform/subgraph-link';
import { disableApolloTelemetry } from './apollo-telemetry';
import { createFormatError } from './format-error';
import { sandbox } from './landing-page';
import { operationRules } from './operation-rules';
import { reloadingSupergraph } from './reload-supergraph';
import { gatewayDataSource, type RouterContext } from './subgraph-links/gateway-data-source';

type Options = {
  readonly supergraph: string;
  /** Reads the supergraph again, where it may change while it is served. */
  readonly readSupergraph?: () => Promise<string>;
  readonly links: SubgraphLinks;
  readonly production: boolean;
  readonly log: Log;
};

const createGateway = ({ supergraph, readSupergraph: read, links, log }: Options, quietLog: Log) => {
  disableApolloTelemetry();
  return new ApolloGateway({
    supergraphSdl: read ? reloadingSupergraph({ supergraph, read, log }) : supergraph,
    buildService: ({ name }) => gatewayDataSource(name, links(name), log),
    validateSupergraph: true,
    // A header would otherwise make it answer with the query plan, subgraph names included.
    __exposeQueryPlanExperimental: false,
    logger: quietLog,
  });
};

/**
 * Apollo Server over the gateway, started. Nothing is reported to Apollo, whatever the environment says.
 *
 * @throws when the supergraph is not one.
 */
export const startGraphqlServer = async (options: Options): Promise<ApolloServer<RouterContext>> => {
  const { production } = options;
  // Both libraries announce their own start at `info`.
  const log = options.log.child({}, { level: options.log.level === 'silent' ? 'silent' : 'warn' });
  const formatError = createFormatError({ production, log });
  const server = new ApolloServer<RouterContext>({
    gateway: createGateway(options, log),
    logger: log,
    formatError,
    nodeEnv: production ? 'production' : 'development',
    introspection: !production,
    hideSchemaDetailsFromClientErrors: production,
    includeStacktraceInErrorResponses: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    parseOptions: { maxTokens: 5000 },
    stopOnTerminationSignals: false,
    plugins: [
      operationRules(formatError, log),
      production ? ApolloServerPluginLandingPageDisabled() : sandbox(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
    ],
  });
  await server.start();
  return server;
};
