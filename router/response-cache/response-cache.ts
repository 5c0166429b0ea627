import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import keepResponses from '@apollo/server-plugin-response-cache';
import type { KeyValueCache } from '@apollo/utils.keyvaluecache';
import type { DocumentNode, OperationDefinitionNode } from 'graphql';
import type { Caller } from '../../platform/caller';
import { hashOf } from '../documents/registered';
import type { RouterContext } from '../subgraph-links/gateway-data-source';
import { readDirectives } from '../supergraph-directives';
import { countCacheable } from './response-cache-metrics';
import { type ResponsePolicy, readResponsePolicies } from './response-policy';

type Context = GraphQLRequestContext<RouterContext>;

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
export const responseCache = (cache: KeyValueCache): ApolloServerPlugin<RouterContext>[] => {
  let supergraphHash = '';
  let readPolicy: (document: DocumentNode, operation: OperationDefinitionNode) => ResponsePolicy | null =
    () => null;
  let policies = new WeakMap<OperationDefinitionNode, ResponsePolicy | null>();

  // Apollo Server keeps parsed documents, so that an operation is the same object whenever it is asked.
  const policyOf = (document: DocumentNode, operation: OperationDefinitionNode): ResponsePolicy | null => {
    const known = policies.get(operation);
    if (known !== undefined) return known;
    const policy = readPolicy(document, operation);
    policies.set(operation, policy);
    return policy;
  };

  const policy: ApolloServerPlugin<RouterContext> = {
    serverWillStart: async () => ({
      schemaDidLoadOrUpdate: ({ apiSchema, coreSupergraphSdl = '' }) => {
        supergraphHash = hashOf(coreSupergraphSdl);
        readPolicy = readResponsePolicies(apiSchema, readDirectives(coreSupergraphSdl));
        policies = new WeakMap();
      },
    }),
    requestDidStart: async () => ({
      didResolveOperation: async ({ document, operation, overallCachePolicy }) => {
        const found = operation && policyOf(document, operation);
        if (found) overallCachePolicy.restrict(found);
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
    extraCacheKeyData: async () => supergraphHash,
    shouldReadFromCache: async (context) =>
      isCacheable(context) && !demands(context, 'no-cache') && !demands(context, 'no-store'),
    shouldWriteToCache: async (context) => isCacheable(context) && !demands(context, 'no-store'),
  });
  return [policy, keep];
};
