import { type ConstDirectiveNode, type GraphQLField, type GraphQLObjectType, Kind } from 'graphql';

/** Has a field say these in the SDL, which is printed of what fields are defined by, or would be. */
export const setDirectives = (
  type: GraphQLObjectType,
  field: GraphQLField<unknown, unknown>,
  directives: readonly ConstDirectiveNode[],
): void => {
  field.astNode = {
    kind: Kind.FIELD_DEFINITION,
    name: { kind: Kind.NAME, value: field.name },
    type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type.name } },
    ...field.astNode,
    directives,
  };
};
