import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { refused } from './refused';

/** Fields, each fragment counted wherever it is spread, and how deep they are nested. */
type Size = { readonly fields: number; readonly depth: number };

const maxFields = 2_000;
const maxDepth = 25;

/**
 * The size of a selection once its fragments are spread out. Each fragment is measured once, so measuring takes
 * a time that goes with the length of the document, though the size may double with every fragment.
 */
const measure = (
  { selections }: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  measured: Map<string, Size>,
): Size => {
  let fields = 0;
  let depth = 0;
  const add = (inner: Size) => {
    fields += inner.fields;
    depth = Math.max(depth, inner.depth);
  };
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      const inner = selection.selectionSet
        ? measure(selection.selectionSet, fragments, measured)
        : { fields: 0, depth: 0 };
      add({ fields: inner.fields + 1, depth: inner.depth + 1 });
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      add(measure(selection.selectionSet, fragments, measured));
    } else {
      const name = selection.name.value;
      const fragment = fragments.get(name);
      const size = measured.get(name) ?? (fragment && measure(fragment.selectionSet, fragments, measured));
      if (!size) continue;
      measured.set(name, size);
      add(size);
    }
  }
  return { fields, depth };
};

/**
 * Refuses an operation that would cost more to plan than any honest one: the planner's work goes with the size
 * of the operation after its fragments are spread out, and comes before anybody asks who is calling. The
 * document must have been validated: its fragments are known and do not spread themselves.
 *
 * @throws GraphQLError BAD_USER_INPUT with 400.
 */
export const checkQuerySize = (document: DocumentNode, operation: OperationDefinitionNode): void => {
  const fragments = new Map(
    document.definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const { fields, depth } = measure(operation.selectionSet, fragments, new Map());
  if (fields > maxFields) {
    throw refused(
      `Peça até ${maxFields} campos por operação, contados com os fragmentos abertos.`,
      'CAMPOS_DEMAIS',
    );
  }
  if (depth > maxDepth) {
    throw refused(`Aninhe campos em até ${maxDepth} níveis.`, 'PROFUNDIDADE_DEMAIS');
  }
};
