import {
  type DocumentNode,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf, isLeftOut, readingValues } from '../document';
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

/**
 * Counts what an operation asks for of what is limited: each alias by itself, a fragment wherever it is spread, nothing
 * that `@skip` or `@include` leave out. It takes a time that goes with the length of the document. The document must have
 * been validated.
 */
export const countUses = (options: Options): Uses => {
  const { schema, limits, document, operation } = options;
  const read = readingValues(operation, options.variables);
  const fragments = fragmentsOf(document);
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
      if (isLeftOut(selection, read)) continue;
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
