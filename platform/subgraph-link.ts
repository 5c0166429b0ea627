import type { GraphQLFormattedError } from 'graphql';
import type { Asking } from './caller';

export type SubgraphRequest = {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
};

export type SubgraphResponse = {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
};

/**
 * A way to reach one subgraph: in this process, or over HTTP. It rejects only when the subgraph could
 * not be reached or answered something that is not GraphQL.
 */
export type SubgraphLink = (request: SubgraphRequest, asking: Asking) => Promise<SubgraphResponse>;

/** How to reach each subgraph, by name. */
export type SubgraphLinks = (name: string) => SubgraphLink;
