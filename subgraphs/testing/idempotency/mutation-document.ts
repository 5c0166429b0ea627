import { type GraphQLSchema, getNamedType, isObjectType } from 'graphql';

/** Runs one mutation under each of the given aliases, and asks for all fields that are no objects. */
export const mutationDocument = (schema: GraphQLSchema, mutation: string, aliases: readonly string[]) => {
  const field = schema.getMutationType()?.getFields()[mutation];
  if (!field) throw new Error(`no such mutation: ${mutation}`);
  const returned = getNamedType(field.type);
  const leaves = isObjectType(returned)
    ? Object.values(returned.getFields())
        .filter(({ type, args }) => args.length === 0 && !isObjectType(getNamedType(type)))
        .map(({ name }) => name)
    : [];
  const parameters = field.args.map(({ name, type }) => `$${name}: ${type}`).join(', ');
  const args = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const call = `${mutation}${args && `(${args})`}${leaves.length > 0 ? ` { ${leaves.join(' ')} }` : ''}`;
  return `mutation${parameters && ` (${parameters})`} { ${aliases.map((alias) => `${alias}: ${call}`).join(' ')} }`;
};
