import {
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';
import { readDirectives, type SupergraphDirectives } from '../supergraph-directives';

/** What a field costs, and how many there are of what it leads to. */
export type FieldCost = {
  /** For each time that it is answered, without what it leads to. */
  readonly weight: number;
  readonly isList: boolean;
  /** The arguments that say how long the list is. */
  readonly slicing: readonly string[];
  /** How long the list is when no argument says so. */
  readonly assumed: number;
  /** The fields of its type that are the lists it tells the length of; empty when it is the list. */
  readonly sized: readonly string[];
};

/** By the name of the type, then of the field. */
export type FieldCosts = ReadonlyMap<string, ReadonlyMap<string, FieldCost>>;

/** What our graph does not say of a list, or what a graph says nothing of that is not ours. */
const unknownLength = 20;

/** A supergraph that does not import it has it under the name of its specification. */
const listSizeName = /^(cost__)?listSize$/;

const isList = (type: GraphQLOutputType): boolean => isListType(isNonNullType(type) ? type.ofType : type);

const weightOf = (directives: ReturnType<SupergraphDirectives>): number | undefined => {
  const weight = directives.find(({ name }) => name === 'cost')?.args.weight;
  return weight === undefined ? undefined : Number(weight);
};

const names = (given: unknown): readonly string[] => (Array.isArray(given) ? given : []);

/**
 * What each field of a supergraph costs, by the cost directives specification as federation reads it: what `@cost` says
 * of the field or of its type, else 1 for an object and 0 for a value; and how long lists are by `@listSize`.
 */
export const fieldCosts = (schema: GraphQLSchema, supergraph: string): FieldCosts => {
  const directivesOf = readDirectives(supergraph);
  const costOf = (type: string, field: string, returned: GraphQLOutputType): FieldCost => {
    const directives = directivesOf(type, field);
    const named = getNamedType(returned);
    const { slicingArguments, assumedSize, sizedFields } =
      directives.find(({ name }) => listSizeName.test(name))?.args ?? {};
    return {
      weight: weightOf(directives) ?? weightOf(directivesOf(named.name)) ?? Number(isCompositeType(named)),
      isList: isList(returned),
      slicing: names(slicingArguments),
      assumed: typeof assumedSize === 'number' ? assumedSize : unknownLength,
      sized: names(sizedFields),
    };
  };
  return new Map(
    Object.values(schema.getTypeMap())
      .filter((type) => isObjectType(type) || isInterfaceType(type))
      .map((type) => [
        type.name,
        new Map(
          Object.values(type.getFields()).map((field) => [
            field.name,
            costOf(type.name, field.name, field.type),
          ]),
        ),
      ]),
  );
};
