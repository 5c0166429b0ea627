import type { ApolloServerPlugin } from '@apollo/server';
import { GraphQLError, type OperationDefinitionNode, OperationTypeNode } from 'graphql';
import type { Asking } from '../../platform/caller';
import { CodedError } from '../../platform/errors';
import { networkOf } from '../../platform/limits/network-of';
import { refused as tooMuch } from '../guards/refused';
import type { OperationRule } from '../operation-rules';
import type { RouterContext } from '../subgraph-links/gateway-data-source';
import type { RulesOf } from '../supergraph-rules';
import { countUses, type Uses } from './count-uses';
import type { DeclaredLimit } from './declared-limits';
import { countHit } from './rate-limit-metrics';
import type { SlidingWindow, Standing } from './sliding-window';
import { tooMany } from './too-many';
import { usageHeaders } from './usage-headers';

type Options = {
  /** Counts what queries ask for, come what may. */
  readonly takeForQueries: SlidingWindow;
  /** Counts what mutations ask for; rejects with a CodedError when nobody can count. */
  readonly takeForMutations: SlidingWindow;
  readonly rulesOf: RulesOf;
  readonly routeOf: (queryHash: string | undefined) => string;
};

type Resolved = Parameters<OperationRule>[0];

/** By whom a use is counted; null for nobody, as when nobody signed in. */
const keyOf = ({ por }: DeclaredLimit, { caller, info }: Asking): string | null => {
  if (por === 'IP') return networkOf(info.ip);
  return (por === 'USUARIO' ? caller?.usuarioId : caller?.organizacaoId) ?? null;
};

type Use = { readonly limit: DeclaredLimit; readonly key: string; readonly times: number };

/** @throws GraphQLError BAD_USER_INPUT with 400 for more than may ever be asked for at once: there is no time to wait for. */
const usesOf = (uses: Uses, asking: Asking): Use[] =>
  [...uses].flatMap(([limit, times]) => {
    const key = keyOf(limit, asking);
    if (key === null) return [];
    const { max } = limit.policy;
    if (times > max) {
      const often = max === 1 ? 'uma vez' : `${max} vezes`;
      throw tooMuch(`Peça ${limit.field} no máximo ${often} em uma operação.`, 'LIMITE_DE_USO');
    }
    return [{ limit, key, times }];
  });

/** @throws what `take` rejects with, nothing being counted then. */
const takeAll = async (take: SlidingWindow, uses: readonly Use[]) => {
  const counting = uses.map(({ limit, key, times }) => ({ limit, taking: take(limit.policy, key, times) }));
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
export const limitFields = ({ rulesOf, routeOf, takeForQueries, takeForMutations }: Options) => {
  // Apollo Server keeps parsed documents, for each schema by itself.
  const isLimited = new WeakMap<OperationDefinitionNode, boolean>();
  const declared = new WeakMap<RouterContext, readonly Standing[]>();

  const usesIn = ({ schema, document, operation, request }: Resolved): Uses | null => {
    const { limits } = rulesOf(schema);
    const counted = { schema, limits, document, operation };
    const known = isLimited.get(operation) ?? countUses({ ...counted, variables: null }).size > 0;
    isLimited.set(operation, known);
    return known ? countUses({ ...counted, variables: request.variables ?? {} }) : null;
  };

  const rule: OperationRule = async (context) => {
    const uses = usesIn(context);
    if (!uses) return;
    const { asking } = context.contextValue;
    const isMutation = context.operation.operation === OperationTypeNode.MUTATION;
    const take = isMutation ? takeForMutations : takeForQueries;
    const { refused, standings } = await takeAll(take, usesOf(uses, asking)).catch(failClosed);
    const told = standings.map(({ standing }) => standing);
    declared.set(context.contextValue, told);
    if (refused.length === 0) return;
    countHit(routeOf(context.queryHash), asking.caller);
    throw tooMany(refused[0]!.limit.field, told);
  };

  const plugin: ApolloServerPlugin<RouterContext> = {
    requestDidStart: async () => ({
      willSendResponse: async ({ contextValue, response: { http } }) => {
        const { usage } = contextValue;
        const standings = [...(usage ? [usage] : []), ...(declared.get(contextValue) ?? [])];
        for (const [name, value] of usageHeaders(standings)) http.headers.set(name, value);
      },
    }),
  };
  return { rule, plugin };
};
