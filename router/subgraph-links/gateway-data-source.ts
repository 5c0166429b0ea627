import type { GraphQLDataSource } from '@apollo/gateway';
import { type FieldNode, type GraphQLFormattedError, Kind, parse, type SelectionSetNode } from 'graphql';
import type { Asking } from '../../platform/caller';
import type { ErrorCode } from '../../platform/errors';
import { describeError, type Log } from '../../platform/log';
import type { SubgraphLink } from '../../platform/subgraph-link';
import { SubgraphFailure } from '../../platform/subgraph-links/failure';
import { measured } from '../../platform/subgraph-links/link-metrics';
import { traceIdOf } from '../../platform/trace-context';
import type { OpenSpan } from '../../platform/tracing/open-span';
import type { Standing } from '../rate-limit/sliding-window';

/** What Apollo Server carries through one operation. */
export type RouterContext = {
  readonly asking: Asking;
  /** The operation's, when its trace is recorded. */
  readonly span?: OpenSpan;
  /** How its sender stands with what limits any request. */
  readonly usage?: Standing;
};

const unavailable: ErrorCode = 'SUBGRAPH_UNAVAILABLE';

const firstField = (set: SelectionSetNode | undefined): FieldNode | undefined => {
  for (const selection of set?.selections ?? []) {
    if (selection.kind === Kind.FIELD && selection.name.value !== '__typename') return selection;
    const nested = selection.kind === Kind.INLINE_FRAGMENT ? firstField(selection.selectionSet) : undefined;
    if (nested) return nested;
  }
  return undefined;
};

/**
 * The path of the first field the fetch would have answered, as the subgraph itself would have reported it;
 * the gateway translates it into a path of the client's operation.
 */
const pathOfFirstField = (query: string): (string | number)[] | undefined => {
  const operation = parse(query).definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  const root = operation && 'selectionSet' in operation ? firstField(operation.selectionSet) : undefined;
  if (!root) return undefined;
  const key = (field: FieldNode) => (field.alias ?? field.name).value;
  if (root.name.value !== '_entities') return [key(root)];
  const ofEntity = firstField(root.selectionSet);
  return ofEntity && [key(root), 0, key(ofEntity)];
};

/** Apollo Server takes `extensions.http` of any error as the status of its own answer. */
const withoutHttp = ({ message, path, extensions }: GraphQLFormattedError): GraphQLFormattedError => {
  const { http: _, ...rest } = extensions ?? {};
  return { message, path, extensions: rest };
};

/** Said once already, by the breaker: each request that it refuses would say it again. */
const isKnown = (error: unknown): boolean => error instanceof SubgraphFailure && error.kind === 'open';

/**
 * Lets the gateway fetch over a SubgraphLink. A subgraph that cannot be reached becomes one
 * SUBGRAPH_UNAVAILABLE error at the first field it left without an answer; the rest of the operation goes on.
 */
export const gatewayDataSource = (
  name: string,
  link: SubgraphLink,
  log: Log,
): GraphQLDataSource<RouterContext> => {
  const ask = measured(name, link);
  return {
    process: async (options) => {
      if (!('incomingRequestContext' in options)) {
        throw new Error('the router boots from its supergraph file and never asks a subgraph for its schema');
      }
      const { query = '', variables, operationName } = options.request;
      const { asking } = options.context;
      try {
        const { data, errors } = await ask({ query, variables, operationName }, asking);
        return { data, errors: errors?.map(withoutHttp) };
      } catch (error) {
        const { requestId } = asking.info;
        log[isKnown(error) ? 'debug' : 'error'](
          { erro: describeError(error), subgraph: name, requestId, traceId: traceIdOf(asking.info) },
          'subgraph unavailable',
        );
        const message = 'Parte desta resposta está indisponível no momento. Tente de novo em instantes.';
        return {
          data: null,
          errors: [{ message, path: pathOfFirstField(query), extensions: { code: unavailable } }],
        };
      }
    },
  };
};
