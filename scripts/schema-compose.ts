import { composeServices } from '@apollo/composition';
import { Supergraph } from '@apollo/federation-internals';
import { type GraphQLError, lexicographicSortSchema, parse, printSchema } from 'graphql';

export type SubgraphSdl = { readonly name: string; readonly sdl: string };

/** Where a container of the subgraph answers, by the name that its service has in every deployment. */
const urlOf = (name: string): string => `http://${name}:4001/graphql`;

const errorLine = ({ message, extensions }: GraphQLError): string => `${extensions.code}: ${message}`;

/**
 * The supergraph of these subgraphs. A hint counts like an error: it says that the API is less than what
 * some subgraph declares, or something else.
 *
 * @throws Error with one line for each reason why they do not make one supergraph.
 */
export const composeSupergraph = (subgraphs: readonly SubgraphSdl[]): string => {
  const { errors, hints, supergraphSdl } = composeServices(
    subgraphs.map(({ name, sdl }) => ({ name, url: urlOf(name), typeDefs: parse(sdl) })),
  );
  const problems = [...(errors ?? []).map(errorLine), ...(hints ?? []).map(String)];
  if (problems.length > 0 || !supergraphSdl) throw new Error(problems.join('\n'));
  return supergraphSdl;
};

/** What a client sees: without federation's own types, and in an order that no refactoring changes. */
export const apiSchemaOf = (supergraphSdl: string): string => {
  // Nothing is executed here, so there is no feature that this could fail to heed.
  const supergraph = Supergraph.build(supergraphSdl, { supportedFeatures: null });
  return printSchema(lexicographicSortSchema(supergraph.apiSchema().toGraphQLJSSchema()));
};
