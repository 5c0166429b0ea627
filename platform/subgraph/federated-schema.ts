import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import {
  type ConstDirectiveNode,
  type GraphQLSchema,
  isObjectType,
  Kind,
  parse,
  specifiedDirectives,
} from 'graphql';
import { buildSchemaSync, type ClassType, createResolversMap, type NonEmptyArray } from 'type-graphql';
import { scalarsMap } from '../scalars';
import { declareAccess } from './declare-access';
import { edgeDirectives, edgeLinks } from './edge-directives';
import type { Entity } from './entities';
import { guardAccess } from './guard-access';
import { guardFields } from './guard-fields';
import { declareListSizes } from './list-sizes';
import { validateInput } from './validate-input';

const federationLink = `extend schema @link(
  url: "https://specs.apollo.dev/federation/v2.9"
  import: [
    "@key", "@shareable", "@authenticated", "@requiresScopes", "@tag", "@inaccessible", "@composeDirective", "@cost", "@listSize"
  ]
)
`;

/** TypeGraphQL keeps what its decorators declared in one global store, and exports no way to read it. */
declare const TypeGraphQLMetadataStorage: {
  readonly objectTypes: { readonly target: ClassType; readonly name: string }[];
  readonly resolverClasses: { readonly target: ClassType; readonly getObjectType?: () => ClassType }[];
};

const typeNameOf = (type: ClassType): string | undefined =>
  TypeGraphQLMetadataStorage.objectTypes.find(({ target }) => target === type)?.name;

/** The object types that the resolver classes give fields to (`@Resolver(() => Cliente)`). */
const typesResolvedBy = (resolvers: readonly ClassType[]): ClassType[] =>
  TypeGraphQLMetadataStorage.resolverClasses
    .filter(({ target, getObjectType }) => getObjectType && resolvers.includes(target))
    .flatMap(({ getObjectType }) => {
      try {
        return getObjectType?.() ?? [];
      } catch {
        return []; // `@Resolver()` without a type has a getter that throws.
      }
    });

const keysOf = (schema: GraphQLSchema, typeName: string) =>
  schema.getType(typeName)?.astNode?.directives?.filter(({ name }) => name.value === 'key') ?? [];

/** A key with `resolvable: false` is not for the router to come and ask for fields by. */
const isResolvable = (key: ConstDirectiveNode): boolean =>
  !key.arguments?.some(
    ({ name, value }) => name.value === 'resolvable' && value.kind === Kind.BOOLEAN && !value.value,
  );

const entityTypeNames = (schema: GraphQLSchema): string[] =>
  Object.values(schema.getTypeMap())
    .filter((type) => isObjectType(type) && keysOf(schema, type.name).length > 0)
    .map(({ name }) => name);

/**
 * TypeGraphQL drops what nothing refers to without a word, and a type without a reference resolver hands
 * the client's own representation back as an entity: both must stop the start instead.
 */
const checkEntities = (
  schema: GraphQLSchema,
  { name, entities, resolvers }: SchemaDefinition<never>,
): void => {
  const listed = entities.map(({ type }) => typeNameOf(type) ?? type.name);
  const resolved = typesResolvedBy(resolvers).map((type) => typeNameOf(type) ?? type.name);
  const problems = [
    ...entityTypeNames(schema)
      .filter((type) => !listed.includes(type))
      .map((type) => `${type} has a @key and is not listed in entities`),
    ...listed
      .filter((type) => keysOf(schema, type).length === 0)
      .map((type) => `${type} is listed in entities and has no @key`),
    ...resolved
      .filter((type) => !schema.getType(type))
      .map((type) => `${type} has field resolvers and is neither listed in entities nor used by a field`),
    ...entities
      .filter(({ kind }) => kind === 'referenced')
      .map(({ type }) => typeNameOf(type) ?? type.name)
      .filter((type) => keysOf(schema, type).some(isResolvable))
      .map((type) => `${type} is only referenced here: its @key needs resolvable: false`),
    ...entities
      .filter(({ kind, load }) => kind === 'owned' && !load)
      .map(({ type }) => `${type.name} is owned here and has no reference resolver`),
  ];
  if (problems.length > 0) throw new Error(`subgraph ${name}: ${problems.join('; ')}`);
};

export type SchemaDefinition<Context> = {
  readonly name: string;
  /** Every entity type of the subgraph's schema: those it owns, those it extends, those it points to. */
  readonly entities: readonly Entity<Context>[];
  readonly resolvers: NonEmptyArray<ClassType>;
};

type Resolvers = Record<string, Record<string, unknown>>;

const withReferenceResolvers = <Context>(
  resolvers: Resolvers,
  entities: readonly Entity<Context>[],
): Resolvers => {
  for (const { type, load } of entities) {
    const typeName = typeNameOf(type);
    if (!load || !typeName) continue;
    resolvers[typeName] = {
      ...resolvers[typeName],
      __resolveReference: ({ id }: { id: string }, context: Context) => load(context, id),
    };
  }
  return resolvers;
};

/** TypeGraphQL has no place to say what the root types are. */
const describeRoots = (schema: GraphQLSchema): void => {
  const [query, mutation] = [schema.getQueryType(), schema.getMutationType()];
  if (query) query.description = 'O que se pode consultar.';
  if (mutation) mutation.description = 'O que se pode mudar.';
};

/** What nobody said who may ask for would be open to all: it stops the start instead. */
const checkAccess = (schema: GraphQLSchema, { name, entities }: SchemaDefinition<never>): void => {
  const extended = entities
    .filter(({ kind }) => kind === 'extended')
    .map(({ type }) => typeNameOf(type) ?? type.name);
  const problems = declareAccess(schema, extended);
  if (problems.length > 0) throw new Error(`subgraph ${name}: ${problems.join('; ')}`);
};

/** The executable Federation 2 schema of a subgraph and its SDL, from TypeGraphQL classes. */
export const buildFederatedSchema = <Context>(definition: SchemaDefinition<Context>) => {
  const declared = buildSchemaSync({
    resolvers: definition.resolvers,
    orphanedTypes: definition.entities.map(({ type }) => type),
    scalarsMap,
    directives: [...specifiedDirectives, ...edgeDirectives],
    validateFn: validateInput,
    // A subgraph may have no query of its own; buildSubgraphSchema adds _service and _entities.
    skipCheck: true,
  });
  checkEntities(declared, definition as SchemaDefinition<never>);
  checkAccess(declared, definition as SchemaDefinition<never>);
  declareListSizes(declared);
  describeRoots(declared);
  const sdl = federationLink + edgeLinks + printSchemaWithDirectives(declared);
  const resolvers = withReferenceResolvers(createResolversMap(declared) as Resolvers, definition.entities);
  const schema = buildSubgraphSchema({
    typeDefs: parse(sdl),
    resolvers: resolvers as GraphQLResolverMap<unknown>,
  });
  guardFields(schema);
  // After all others, so that it comes before them: even what is wrong with an argument is not for everybody.
  guardAccess(schema);
  return { schema, sdl };
};
