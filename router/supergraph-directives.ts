import { type ConstDirectiveNode, type FieldDefinitionNode, Kind, parse, valueFromASTUntyped } from 'graphql';

export type AppliedDirective = {
  readonly name: string;
  readonly args: Readonly<Record<string, unknown>>;
};

/** What a type, or a field of it, says to the router; nothing for what there is not. */
export type SupergraphDirectives = (type: string, field?: string) => readonly AppliedDirective[];

const applied = ({ name, arguments: given = [] }: ConstDirectiveNode): AppliedDirective => ({
  name: name.value,
  args: Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)])),
});

/** Those of federation's own bookkeeping are for the gateway. */
const ofRouter = (directives: readonly ConstDirectiveNode[] = []): AppliedDirective[] =>
  directives.filter(({ name }) => !name.value.startsWith('join__')).map(applied);

const ofFields = (fields: readonly FieldDefinitionNode[] = []) =>
  new Map(fields.map(({ name, directives }) => [name.value, ofRouter(directives)]));

/**
 * Reads the directives that composition carried into a supergraph, which the schema that the gateway makes of it has
 * lost.
 *
 * @param supergraph its text.
 */
export const readDirectives = (supergraph: string): SupergraphDirectives => {
  const read = new Map(
    parse(supergraph, { noLocation: true }).definitions.flatMap((definition) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.INTERFACE_TYPE_DEFINITION
        ? [
            [
              definition.name.value,
              { own: ofRouter(definition.directives), fields: ofFields(definition.fields) },
            ],
          ]
        : [],
    ),
  );
  return (type, field) => {
    const found = read.get(type);
    return (field === undefined ? found?.own : found?.fields.get(field)) ?? [];
  };
};
