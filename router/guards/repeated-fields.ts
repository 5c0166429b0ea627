import { type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';
import { refused } from './refused';

/** A rule of GraphQL compares those of one name in one place in pairs, whatever they lead to. */
const most = 20;

/** One name in an answer: how often a document asks for it, and what within it. */
type Name = { times: number; readonly within: Map<string, Name> };

/**
 * Counts how often a document asks for the same name in the same place of an answer, as it may write a field again for
 * each part of what it wants of it.
 *
 * @param fragmentOf the fragment of a name, if it leads to any fields. Opened wherever they are spread, these must be
 * few enough.
 */
export const countingRepetitions = (fragmentOf: (name: string) => FragmentDefinitionNode | undefined) => {
  const opened = new Set<FragmentDefinitionNode>();

  const count = ({ selections }: SelectionSetNode, place: Map<string, Name>): void => {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const responseName = (selection.alias ?? selection.name).value;
        const name = place.get(responseName) ?? { times: 0, within: new Map() };
        place.set(responseName, name);
        name.times += 1;
        if (name.times > most) {
          throw refused(
            `Peça até ${most} vezes o mesmo campo no mesmo lugar, contado com os fragmentos abertos.`,
            'REPETICOES_DEMAIS',
          );
        }
        if (selection.selectionSet) count(selection.selectionSet, name.within);
      } else {
        const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragmentOf(selection.name.value);
        if (inner?.kind === Kind.FRAGMENT_DEFINITION) opened.add(inner);
        if (inner) count(inner.selectionSet, place);
      }
    }
  };

  return {
    /** @throws GraphQLError BAD_USER_INPUT with 400 and REPETICOES_DEMAIS. */
    check: (selectionSet: SelectionSetNode) => count(selectionSet, new Map()),
    /** Whether it was counted already, where it is spread. */
    isOpened: (fragment: FragmentDefinitionNode) => opened.has(fragment),
  };
};
