import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  parse,
  valueFromASTUntyped,
} from 'graphql';

export type AppliedDirective = {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
};

/** What a type, a field of it, or an argument of that, says to the router; nothing for what there is not. */
export type SupergraphDirectives = (
  type: string,
  field?: string,
  argument?: string,
) => readonly AppliedDirective[];

const applied = ({ name, arguments: given = [] }: ConstDirectiveNode): AppliedDirective => ({
  name: name.value,
  args: Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)])),
});

/** Those of federation's own bookkeeping are for the gateway. */
const ofRouter = (directives: readonly ConstDirectiveNode[] = []): AppliedDirective[] =>
  directives.filter(({ name }) => !name.value.startsWith('join__')).map(applied);

type Read = { readonly own: AppliedDirective[]; readonly within: ReadonlyMap<string, Read> };

const read = (
  { directives }: { readonly directives?: readonly ConstDirectiveNode[] },
  within: readonly (FieldDefinitionNode | InputValueDefinitionNode)[] = [],
): Read => ({
  own: ofRouter(directives),
  within: new Map(
    within.map((inner) => [inner.name.value, read(inner, 'arguments' in inner ? inner.arguments : [])]),
  ),
});

const readType = (definition: DefinitionNode): [string, Read][] => {
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return [[definition.name.value, read(definition, definition.fields)]];
    case Kind.UNION_TYPE_DEFINITION:
    case Kind.SCALAR_TYPE_DEFINITION:
    case Kind.ENUM_TYPE_DEFINITION:
      return [[definition.name.value, read(definition)]];
    default:
      return [];
  }
};

/**
 * Reads the directives that composition carried into a supergraph, which the schema that the gateway makes of it has
 * lost.
 *
 * @param supergraph its text.
 */
export const readDirectives = (supergraph: string): SupergraphDirectives => {
  const types = new Map(parse(supergraph, { noLocation: true }).definitions.flatMap(readType));
  return (type, ...path) => {
    let found = types.get(type);
    for (const name of path) found = name === undefined ? found : found?.within.get(name);
    return found?.own ?? [];
  };
};
