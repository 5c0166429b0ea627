import { readFileSync } from 'node:fs';
import {
  buildASTSchema,
  buildSchema,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  isObjectType,
  isRequiredArgument,
  parse,
} from 'graphql';
import { fromRoot } from '../../../platform/project-root';
import { type Access, accessOf } from '../../../platform/subgraph/access-directives';

const committed = (file: string) => readFileSync(fromRoot('schema', file), 'utf8');

/** What a client sees of the graph. */
export const api = buildSchema(committed('api.graphql'));

const supergraph = buildASTSchema(parse(committed('supergraph.graphql')), { assumeValidSDL: true });

export type Field = GraphQLField<unknown, unknown>;
export type Operation = 'query' | 'mutation';

/** What the composed supergraph says that it takes to ask for a field that a client sees. */
export const accessTo = (type: string, field: string): Access => {
  const declaring = (supergraph.getType(type) as GraphQLObjectType).getFields()[field];
  if (!declaring) throw new Error(`${type}.${field} is not in the supergraph: npm run schema`);
  return accessOf(declaring);
};

const rootOf = (operation: Operation): GraphQLObjectType =>
  (operation === 'query' ? api.getQueryType() : api.getMutationType())!;

export type RootField = {
  readonly operation: Operation;
  readonly field: Field;
  readonly access: Access;
};

export const rootFields: readonly RootField[] = (['query', 'mutation'] as const).flatMap((operation) => {
  const root = rootOf(operation);
  return Object.values(root.getFields()).map((field) => ({
    operation,
    field,
    access: accessTo(root.name, field.name),
  }));
});

export const rootField = (name: string): RootField => {
  const found = rootFields.find(({ field }) => field.name === name);
  if (!found) throw new Error(`the graph has no root field ${name}`);
  return found;
};

/** The types of the graph's own that have fields, but for the two roots. */
export const objectTypes: readonly GraphQLObjectType[] = Object.values(api.getTypeMap())
  .filter((type) => isObjectType(type))
  .filter(({ name }) => !name.startsWith('__'))
  .filter((type) => type !== api.getQueryType() && type !== api.getMutationType());

/** Where arguments name a thing by its id, as `dados.perfilIds.*`: `*` stands for each item of a list. */
const idsIn = (type: GraphQLInputType, path: string, above: readonly GraphQLNamedType[] = []): string[] => {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return idsIn(nullable.ofType, `${path}.*`, above);
  const named = nullable as GraphQLNamedType;
  if (named.name === 'ID') return [path];
  if (!isInputObjectType(named) || above.includes(named)) return [];
  return Object.values(named.getFields()).flatMap((field) =>
    idsIn(field.type, `${path}.${field.name}`, [...above, named]),
  );
};

/** Every place among the arguments of a field where a client names a thing by its id. */
export const slotsOf = ({ args }: Field): string[] => args.flatMap(({ name, type }) => idsIn(type, name));

/**
 * All that can be asked of a type without arguments: its leaves, and what it leads to, no type inside of itself.
 *
 * @param levels how many objects inside of one another.
 */
export const selectionOf = (
  type: GraphQLNamedType,
  levels: number,
  above: readonly GraphQLNamedType[] = [],
): string => {
  if (!isObjectType(type)) return '';
  const asked = Object.values(type.getFields())
    .filter(({ name, args }) => !name.startsWith('_') && !args.some(isRequiredArgument))
    .flatMap((field) => {
      const inner = getNamedType(field.type);
      if (!isObjectType(inner)) return [field.name];
      if (levels === 0 || above.includes(inner)) return [];
      return [`${field.name} ${selectionOf(inner, levels - 1, [...above, type])}`];
    });
  return `{ ${['__typename', ...asked].join(' ')} }`;
};

/** One root field with the given arguments as variables of their names. */
export const documentOf = ({ operation, field }: RootField, given: object, selection: string): string => {
  const args = field.args.filter(({ name }) => name in given);
  const list = (of: (arg: (typeof args)[number]) => string) =>
    args.length > 0 ? `(${args.map(of).join(', ')})` : '';
  const parameters = list(({ name, type }) => `$${name}: ${type}`);
  return `${operation}${parameters} { ${field.name}${list(({ name }) => `${name}: $${name}`)} ${selection} }`;
};

/** A mutation, or a query, that asks for nothing of what it answers. */
export const leastOf = (root: RootField, given: object): string =>
  documentOf(root, given, isObjectType(getNamedType(root.field.type)) ? '{ __typename }' : '');
