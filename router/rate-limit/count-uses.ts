import {
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import type { DeclaredLimit, DeclaredLimits } from './declared-limits';

/** How often an operation asks for what a limit is declared for. */
export type Uses = ReadonlyMap<DeclaredLimit, number>;

/** More than any limit; fragments that spread each other may double without end. */
const most = 1_000_000;

type Options = {
  readonly schema: GraphQLSchema;
  readonly limits: DeclaredLimits;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Null counts what depends on a variable. */
  readonly variables: Readonly<Record<string, unknown>> | null;
};

const createIsLeftOut = ({ operation, variables }: Options) => {
  const valueOfVariable = (name: string): unknown => {
    const given = variables?.[name];
    if (given !== undefined || variables === null) return given;
    const { defaultValue } =
      operation.variableDefinitions?.find(({ variable }) => variable.name.value === name) ?? {};
    return defaultValue?.kind === Kind.BOOLEAN ? defaultValue.value : undefined;
  };
  const says = ({ arguments: given = [] }: DirectiveNode): unknown => {
    const value = given.find(({ name }) => name.value === 'if')?.value;
    if (value?.kind === Kind.VARIABLE) return valueOfVariable(value.name.value);
    return value?.kind === Kind.BOOLEAN ? value.value : undefined;
  };
  return ({ directives = [] }: SelectionNode): boolean =>
    directives.some(
      (directive) =>
        (directive.name.value === 'skip' && says(directive) === true) ||
        (directive.name.value === 'include' && says(directive) === false),
    );
};

/**
 * Counts what an operation asks for of what is limited: each alias by itself, a fragment wherever it is spread, nothing
 * that `@skip` or `@include` leave out. It takes a time that goes with the length of the document. The document must have
 * been validated.
 */
export const countUses = (options: Options): Uses => {
  const { schema, limits, document, operation } = options;
  const isLeftOut = createIsLeftOut(options);
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const ofFragments = new Map<string, Uses>();

  const ofFragment = (name: string): Uses => {
    const known = ofFragments.get(name);
    if (known) return known;
    const fragment = fragments.get(name);
    const uses = new Map<DeclaredLimit, number>();
    if (fragment) count(fragment.selectionSet, fragment.typeCondition.name.value, uses);
    ofFragments.set(name, uses);
    return uses;
  };
  const count = (
    { selections }: SelectionSetNode,
    typeName: string,
    uses: Map<DeclaredLimit, number>,
  ): void => {
    const add = (limit: DeclaredLimit, times: number) =>
      uses.set(limit, Math.min((uses.get(limit) ?? 0) + times, most));
    const type = schema.getType(typeName);
    for (const selection of selections) {
      if (isLeftOut(selection)) continue;
      if (selection.kind === Kind.FRAGMENT_SPREAD) {
        for (const [limit, times] of ofFragment(selection.name.value)) add(limit, times);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        count(selection.selectionSet, selection.typeCondition?.name.value ?? typeName, uses);
      } else {
        const name = selection.name.value;
        for (const limit of limits.get(typeName)?.get(name) ?? []) add(limit, 1);
        const field = isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
        if (field && selection.selectionSet)
          count(selection.selectionSet, getNamedType(field.type).name, uses);
      }
    }
  };

  const uses = new Map<DeclaredLimit, number>();
  const root = schema.getRootType(operation.operation);
  if (root) count(operation.selectionSet, root.name, uses);
  return uses;
};
