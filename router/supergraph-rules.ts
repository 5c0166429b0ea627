import type { ApolloServerPlugin } from '@apollo/server';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { hashOf } from './documents/registered';
import { fieldCosts } from './guards/field-costs';
import { readDeclaredLimits } from './rate-limit/declared-limits';
import { readResponsePolicies } from './response-cache/response-policy';
import { readDirectives } from './supergraph-directives';

const readRules = (schema: GraphQLSchema, supergraph: string) => ({
  hash: hashOf(supergraph),
  costs: fieldCosts(schema, supergraph),
  limits: readDeclaredLimits(supergraph, schema),
  responsePolicy: readResponsePolicies(schema, readDirectives(supergraph)),
});

/** What the fields of a supergraph ask of the router. */
export type SupergraphRules = ReturnType<typeof readRules>;

export type RulesOf = (schema: GraphQLSchema) => SupergraphRules;

/**
 * Reads the rules of a supergraph for nobody. Apollo Server only logs what a plugin throws at a new one, and goes on with
 * it.
 *
 * @throws Error naming the rule that makes no sense.
 */
export const checkRules = (supergraph: string): void => {
  readRules(buildSchema(supergraph, { assumeValidSDL: true }), supergraph);
};

/** Reads them of each supergraph that is served; a request keeps those of the schema that it was validated by. */
export const supergraphRules = () => {
  const read = new WeakMap<GraphQLSchema, SupergraphRules>();
  const plugin: ApolloServerPlugin = {
    serverWillStart: async () => ({
      schemaDidLoadOrUpdate: ({ apiSchema, coreSupergraphSdl = '' }) => {
        read.set(apiSchema, readRules(apiSchema, coreSupergraphSdl));
      },
    }),
  };
  const rulesOf: RulesOf = (schema) => {
    const rules = read.get(schema);
    if (!rules) throw new Error('the rules of this schema were never read');
    return rules;
  };
  return { plugin, rulesOf };
};
