import {
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
} from 'graphql';
import { type OfFields, readFields, withPossible } from '../schema-fields';
import { type AppliedDirective, readDirectives } from '../supergraph-directives';

/** What a field costs, and how many there are of what it leads to. */
export type FieldCost = {
  /** For each time that it is answered, without what it leads to. */
  readonly weight: number;
  /** What giving an argument adds each time, for those that add anything. */
  readonly ofArguments: ReadonlyMap<string, number>;
  readonly isList: boolean;
  /** The arguments that say how long the list is. */
  readonly slicing: readonly string[];
  /** How long the list is when no argument says so. */
  readonly assumed: number;
  /** The fields of its type that are the lists it tells the length of; empty when it is the list. */
  readonly sized: readonly string[];
};

export type FieldCosts = OfFields<FieldCost>;

/** What our graph does not say of a list, or what a graph says nothing of that is not ours. */
const unknownLength = 20;

/** A supergraph that does not import it has it under the name of its specification. */
const listSizeName = /^(cost__)?listSize$/;

/** The dearest, where it is not known which of several types answers. */
const weightOf = (directives: readonly AppliedDirective[]): number | undefined => {
  const weights = directives.filter(({ name }) => name === 'cost').map(({ args }) => Number(args.weight));
  return weights.length > 0 ? Math.max(...weights) : undefined;
};

const names = (given: unknown): readonly string[] => (Array.isArray(given) ? given : []);

/**
 * What each field of a supergraph costs, by the cost directives specification as federation reads it: what `@cost` says
 * of the field or of its type, else 1 for an object and 0 for a value, and of the arguments given to it; and how long
 * lists are by `@listSize`. An interface or union costs what the dearest of its types does. What `@cost` says of the
 * fields of an input is not counted.
 */
export const fieldCosts = (schema: GraphQLSchema, supergraph: string): FieldCosts => {
  const directivesOf = readDirectives(supergraph);
  const ofArguments = (types: readonly string[], { name: field, args }: GraphQLField<unknown, unknown>) =>
    new Map(
      args.flatMap(({ name, type }) => {
        const ofArgument = types.flatMap((parent) => directivesOf(parent, field, name));
        const weight = weightOf(ofArgument) ?? weightOf(directivesOf(getNamedType(type).name)) ?? 0;
        return weight === 0 ? [] : [[name, weight] as const];
      }),
    );
  return readFields(schema, (type, field): FieldCost => {
    const types = withPossible(schema, type);
    const directives = types.flatMap((parent) => directivesOf(parent, field.name));
    const named = getNamedType(field.type);
    const ofTypes = withPossible(schema, named).flatMap((possible) => directivesOf(possible));
    const { slicingArguments, assumedSize, sizedFields } =
      directives.find(({ name }) => listSizeName.test(name))?.args ?? {};
    return {
      weight: weightOf(directives) ?? weightOf(ofTypes) ?? Number(isCompositeType(named)),
      ofArguments: ofArguments(types, field),
      isList: isListType(getNullableType(field.type)),
      slicing: names(slicingArguments),
      assumed: typeof assumedSize === 'number' ? assumedSize : unknownLength,
      sized: names(sizedFields),
    };
  });
};
