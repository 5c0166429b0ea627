import type {
  ApolloServerPlugin,
  GraphQLRequestContext,
  GraphQLRequestContextDidResolveOperation,
} from '@apollo/server';
import keepResponses from '@apollo/server-plugin-response-cache';
import type { KeyValueCache } from '@apollo/utils.keyvaluecache';
import type { OperationDefinitionNode } from 'graphql';
import type { Caller } from '../../platform/caller';
import type { RouterContext } from '../subgraph-links/gateway-data-source';
import type { RulesOf } from '../supergraph-rules';
import { countCacheable } from './response-cache-metrics';
import type { ResponsePolicy } from './response-policy';

type Context = GraphQLRequestContext<RouterContext>;
type Resolved = GraphQLRequestContextDidResolveOperation<RouterContext>;

/** What an answer depends on: another one is given to whoever may do more, less or elsewhere. */
const identityOf = ({ usuarioId, organizacaoId, sessaoId, permissoes, equipes }: Caller): string =>
  JSON.stringify([
    usuarioId,
    organizacaoId,
    sessaoId,
    Object.entries(permissoes).sort(([one], [other]) => (one < other ? -1 : 1)),
    equipes.toSorted(),
  ]);

const demands = ({ request }: Context, directive: 'no-cache' | 'no-store'): boolean =>
  request.http?.headers.get('cache-control')?.toLowerCase().includes(directive) ?? false;

const isCacheable = ({ overallCachePolicy }: Context): boolean =>
  overallCachePolicy.policyIfCacheable() !== null;

/** Every header of a request on which an answer depends, so that no browser gives it to the next who signs in. */
const vary = 'accept, accept-encoding, authorization, origin';

/**
 * Keeps answers of reads for as long as the supergraph's `@cacheControl` lets it, each for the person, session,
 * organization and permissions that asked, unless it is for everybody. A client that sends `Cache-Control: no-cache` is
 * given a new one; errors are not kept. Answers say how long they last (`Cache-Control`) and how old they are (`Age`).
 */
export const responseCache = (
  cache: KeyValueCache,
  rulesOf: RulesOf,
): ApolloServerPlugin<RouterContext>[] => {
  const policies = new WeakMap<OperationDefinitionNode, ResponsePolicy | null>();

  // Apollo Server keeps parsed documents, so that an operation is the same object whenever one schema is asked it.
  const policyOf = ({ schema, document, operation }: Resolved): ResponsePolicy | null => {
    if (!operation) return null;
    const known = policies.get(operation);
    if (known !== undefined) return known;
    const policy = rulesOf(schema).responsePolicy(document, operation);
    policies.set(operation, policy);
    return policy;
  };

  const policy: ApolloServerPlugin<RouterContext> = {
    requestDidStart: async () => ({
      didResolveOperation: async (context) => {
        const found = policyOf(context);
        if (found) context.overallCachePolicy.restrict(found);
      },
      willSendResponse: async (context) => {
        if (!isCacheable(context)) return;
        context.response.http.headers.set('vary', vary);
        const { responseCacheHit } = context.metrics;
        if (responseCacheHit === undefined) return;
        countCacheable(responseCacheHit ? 'hit' : demands(context, 'no-cache') ? 'bypass' : 'miss');
      },
    }),
  };
  const keep = keepResponses<RouterContext>({
    cache,
    sessionId: async (context) => {
      const { caller } = context.contextValue.asking;
      return caller && isCacheable(context) ? identityOf(caller) : null;
    },
    // A supergraph that took its place meanwhile is not given its answer.
    extraCacheKeyData: async ({ schema }) => rulesOf(schema).hash,
    shouldReadFromCache: async (context) =>
      isCacheable(context) && !demands(context, 'no-cache') && !demands(context, 'no-store'),
    shouldWriteToCache: async (context) => isCacheable(context) && !demands(context, 'no-store'),
  });
  return [policy, keep];
};
