import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
} from 'graphql';

type Field = GraphQLField<unknown, unknown>;

/** For every scalar, something that its rules let through. */
const samples: Readonly<Record<string, unknown>> = {
  Boolean: true,
  Int: 1,
  Float: 1,
  ID: '019a0000-0000-7000-8000-000000000001',
  String: 'Texto comprido qualquer',
  Centavos: 1,
  CEP: '01310100',
  CNPJ: '11222333000181',
  CPF: '52998224725',
  Date: '2026-11-22',
  DateTime: '2026-11-22T12:00:00Z',
  Documento: '52998224725',
  Email: 'ana@exemplo.com',
  JSON: {},
  Telefone: '+5511987654321',
};

/** The least that a type takes. */
const leastOf = (type: GraphQLInputType): unknown => {
  if (isNonNullType(type)) return leastOf(type.ofType);
  if (isListType(type)) return [leastOf(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const required = Object.values(type.getFields()).filter(isRequiredInputField);
    return Object.fromEntries(required.map((field) => [field.name, leastOf(field.type)]));
  }
  if (!(type.name in samples)) throw new Error(`what does a ${type.name} look like?`);
  return samples[type.name];
};

/** The least arguments that a field takes. */
export const leastArgs = ({ args }: Field): Record<string, unknown> =>
  Object.fromEntries(args.filter(isRequiredArgument).map(({ name, type }) => [name, leastOf(type)]));

/** Asks for one field, as little of it as there is, with the given arguments as variables of their names. */
export const askedFor = (field: Field, given: object) => {
  const args: readonly GraphQLArgument[] = field.args.filter(({ name }) => name in given);
  const list = (of: (arg: GraphQLArgument) => string) => args.map(of).join(', ');
  const leaf = !isObjectType(getNamedType(field.type));
  return {
    parameters: list(({ name, type }) => `$${name}: ${type}`),
    selection: `${field.name}${args.length > 0 ? `(${list(({ name }) => `${name}: $${name}`)})` : ''}${leaf ? '' : ' { __typename }'}`,
  };
};
