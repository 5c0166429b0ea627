import { type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql';

/** The object types of the subgraph's own graph, without those of GraphQL and of federation. */
export const ownTypes = (schema: GraphQLSchema): GraphQLObjectType[] =>
  Object.values(schema.getTypeMap())
    .filter(isObjectType)
    .filter(({ name }) => !name.startsWith('_'));
