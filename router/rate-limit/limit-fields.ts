import type { ApolloServerPlugin, GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import { GraphQLError, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import type { Asking } from '../../platform/caller';
import { CodedError } from '../../platform/errors';
import { networkOf } from '../../platform/limits/network-of';
import type { RouterContext } from '../subgraph-links/gateway-data-source';
import { countUses, type Uses } from './count-uses';
import { type DeclaredLimit, type DeclaredLimits, readDeclaredLimits } from './declared-limits';
import { countHit } from './rate-limit-metrics';
import type { SlidingWindow, Standing } from './sliding-window';
import { tooMany } from './too-many';
import { usageHeaders } from './usage-headers';

type Options = {
  /** Counts what queries ask for, come what may. */
  readonly takeForQueries: SlidingWindow;
  /** Counts what mutations ask for; rejects with a CodedError when nobody can count. */
  readonly takeForMutations: SlidingWindow;
  readonly routeOf: (queryHash: string | undefined) => string;
};

type Resolved = GraphQLRequestContextDidResolveOperation<RouterContext>;

/** By whom a use is counted; null for nobody, as when nobody signed in. */
const keyOf = ({ por }: DeclaredLimit, { caller, info }: Asking): string | null => {
  if (por === 'IP') return networkOf(info.ip);
  return (por === 'USUARIO' ? caller?.usuarioId : caller?.organizacaoId) ?? null;
};

/** @throws what `take` rejects with, nothing being counted then. */
const takeAll = async (take: SlidingWindow, uses: Uses, asking: Asking) => {
  const counting = [...uses].flatMap(([limit, times]) => {
    const key = keyOf(limit, asking);
    return key === null ? [] : [{ limit, taking: take(limit.policy, key, times) }];
  });
  const settled = await Promise.allSettled(
    counting.map(async ({ limit, taking }) => ({ limit, ...(await taking) })),
  );
  const taken = settled.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  const refused = taken.filter(({ standing }) => standing.isRefused);
  const failed = settled.find((each) => each.status === 'rejected');
  // What is not executed is not counted against the limits that would have let it through.
  if (failed || refused.length > 0) await Promise.allSettled(taken.map(({ giveBack }) => giveBack()));
  if (failed && refused.length === 0) throw failed.reason;
  return refused.length > 0 ? { refused, standings: refused } : { refused, standings: taken };
};

const failClosed = (error: unknown): never => {
  if (!(error instanceof CodedError)) throw error;
  throw new GraphQLError(error.message, { extensions: { ...error.extensions, http: { status: 503 } } });
};

/**
 * Holds an operation to the limits that its fields declare (`@limite`), before any of it is executed: one field too many
 * refuses the whole of it. An operation without such fields costs nothing. Each answer says how its sender stands.
 */
export const limitFields = (options: Options): ApolloServerPlugin<RouterContext> => {
  let limits: DeclaredLimits = new Map();
  let isLimited = new WeakMap<OperationDefinitionNode, boolean>();

  const usesIn = ({ schema, document, operation, request }: Resolved): Uses | null => {
    // Whoever names no operation that there is, is told so elsewhere.
    if (!operation || limits.size === 0) return null;
    const counted = { schema, limits, document, operation };
    const known = isLimited.get(operation) ?? countUses({ ...counted, variables: null }).size > 0;
    isLimited.set(operation, known);
    return known ? countUses({ ...counted, variables: request.variables ?? {} }) : null;
  };

  return {
    serverWillStart: async () => ({
      schemaDidLoadOrUpdate: ({ apiSchema, coreSupergraphSdl }) => {
        limits = coreSupergraphSdl ? readDeclaredLimits(coreSupergraphSdl, apiSchema) : new Map();
        isLimited = new WeakMap();
      },
    }),
    requestDidStart: async () => {
      let declared: readonly Standing[] = [];
      return {
        didResolveOperation: async (context) => {
          const uses = usesIn(context);
          if (!uses) return;
          const { asking } = context.contextValue;
          const isMutation = context.operation?.operation === OperationTypeNode.MUTATION;
          const take = isMutation ? options.takeForMutations : options.takeForQueries;
          const { refused, standings } = await takeAll(take, uses, asking).catch(failClosed);
          declared = standings.map(({ standing }) => standing);
          if (refused.length === 0) return;
          countHit(options.routeOf(context.queryHash), asking.caller);
          throw tooMany(refused[0]!.limit.field, declared);
        },
        willSendResponse: async ({ contextValue: { usage }, response: { http } }) => {
          for (const [name, value] of usageHeaders([...(usage ? [usage] : []), ...declared])) {
            http.headers.set(name, value);
          }
        },
      };
    },
  };
};
