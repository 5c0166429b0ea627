import {
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
} from 'graphql';

/** By the name of the type, then of the field. */
export type OfFields<Value> = ReadonlyMap<string, ReadonlyMap<string, Value>>;

/** Reads something of every field of every object and interface. */
export const readFields = <Value>(
  schema: GraphQLSchema,
  read: (type: GraphQLObjectType | GraphQLInterfaceType, field: GraphQLField<unknown, unknown>) => Value,
): OfFields<Value> =>
  new Map(
    Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type) || isInterfaceType(type))
      .map((type) => [
        type.name,
        new Map(Object.values(type.getFields()).map((field) => [field.name, read(type, field)])),
      ]),
  );

/** The name of a type, then those of all that it may be. */
export const withPossible = (schema: GraphQLSchema, type: GraphQLNamedType): string[] =>
  [type, ...(isAbstractType(type) ? schema.getPossibleTypes(type) : [])].map(({ name }) => name);
