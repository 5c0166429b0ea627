import {
  type ArgumentNode,
  type DirectiveNode,
  type DocumentNode,
  type FragmentDefinitionNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import type { QueryLimits } from '../../platform/settings/query-limits';
import { fragmentsOf } from '../document';
import { refused } from './refused';
import { countingRepetitions } from './repeated-fields';
import { maxValueDepth } from './variables-size';

/** Each fragment counts wherever it is spread. */
type Size = {
  /** Fields of the selection itself, without those within them. */
  readonly own: number;
  readonly fields: number;
  /** How deep fields are nested. */
  readonly depth: number;
  /** How deep selections are, those of fragments among them. */
  readonly levels: number;
  readonly aliases: number;
  readonly directives: number;
};

/** More than one document needs, and few enough for the rules of GraphQL, which compare them in pairs. */
const maxFragments = 200;
const maxOperations = 20;
/** A field may well be in a fragment of a fragment; a thousand of these are more than the planner's stack holds. */
const levelsForDepth = 4;

const nothing: Size = { own: 0, fields: 0, depth: 0, levels: 0, aliases: 0, directives: 0 };

const plus = (one: Size, other: Size): Size => ({
  own: one.own + other.own,
  fields: one.fields + other.fields,
  depth: Math.max(one.depth, other.depth),
  levels: Math.max(one.levels, other.levels),
  aliases: one.aliases + other.aliases,
  directives: one.directives + other.directives,
});

const isDeeper = (value: ValueNode, levels: number): boolean => {
  if (value.kind === Kind.LIST) {
    return levels === 0 || value.values.some((inner) => isDeeper(inner, levels - 1));
  }
  if (value.kind === Kind.OBJECT) {
    return levels === 0 || value.fields.some((field) => isDeeper(field.value, levels - 1));
  }
  return false;
};

const tooDeepValue = () =>
  refused(`Aninhe listas e objetos em até ${maxValueDepth} níveis.`, 'PROFUNDIDADE_DEMAIS');

const checkValue = (value: ValueNode | undefined): void => {
  if (value && isDeeper(value, maxValueDepth)) throw tooDeepValue();
};

const checkArguments = (given: readonly ArgumentNode[] | undefined): void => {
  for (const { value } of given ?? []) checkValue(value);
};

const countDirectives = (directives: readonly DirectiveNode[] | undefined): number => {
  for (const { arguments: given } of directives ?? []) checkArguments(given);
  return directives?.length ?? 0;
};

/** What the schema tells of itself is nested deeper than what it describes, and costs one process alone. */
const isIntrospection = (selection: SelectionNode): boolean =>
  selection.kind === Kind.FIELD && selection.name.value.startsWith('__');

/**
 * Measures the definitions of a document that nobody has validated. Each fragment is measured once, so it takes a time
 * that goes with the length of the document, though the size may double with every fragment.
 */
const measuring = (document: DocumentNode) => {
  const fragments = fragmentsOf(document);
  const measured = new Map<FragmentDefinitionNode, Size | null>();

  const ofFragment = (fragment: FragmentDefinitionNode): Size => {
    const known = measured.get(fragment);
    if (known) return known;
    if (known === null) {
      throw new GraphQLError(`O fragmento ${fragment.name.value} inclui a si mesmo.`, {
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED', http: { status: 400 } },
      });
    }
    measured.set(fragment, null);
    const size = plus(ofSelections(fragment.selectionSet), {
      ...nothing,
      directives: countDirectives(fragment.directives),
    });
    measured.set(fragment, size);
    return size;
  };

  const ofSelection = (selection: SelectionNode): Size => {
    const directives = countDirectives(selection.directives);
    if (selection.kind === Kind.FIELD) {
      checkArguments(selection.arguments);
      const inner = selection.selectionSet ? ofSelections(selection.selectionSet) : nothing;
      return {
        own: 1,
        fields: inner.fields + 1,
        depth: isIntrospection(selection) ? 0 : inner.depth + 1,
        levels: inner.levels + 1,
        aliases: inner.aliases + Number(selection.alias !== undefined),
        directives: inner.directives + directives,
      };
    }
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD && fragments.get(selection.name.value);
    const inner = fragment
      ? ofFragment(fragment)
      : selection.kind === Kind.INLINE_FRAGMENT
        ? ofSelections(selection.selectionSet)
        : nothing;
    return { ...inner, levels: inner.levels + 1, directives: inner.directives + directives };
  };

  const ofSelections = ({ selections }: SelectionSetNode): Size =>
    selections.map(ofSelection).reduce(plus, nothing);

  const ofOperation = ({ selectionSet, directives, variableDefinitions }: OperationDefinitionNode): Size => {
    let own = countDirectives(directives);
    for (const { directives: onVariable, defaultValue } of variableDefinitions ?? []) {
      checkValue(defaultValue);
      own += countDirectives(onVariable);
    }
    return plus(ofSelections(selectionSet), { ...nothing, directives: own });
  };

  return { fragments, ofFragment, ofOperation };
};

const checkSize = (size: Size, limits: QueryLimits): void => {
  if (size.depth > limits.depth || size.levels > limits.depth * levelsForDepth) {
    throw refused(`Aninhe campos em até ${limits.depth} níveis.`, 'PROFUNDIDADE_DEMAIS');
  }
  if (size.aliases > limits.aliases) {
    throw refused(`Use até ${limits.aliases} apelidos por operação.`, 'APELIDOS_DEMAIS');
  }
  if (size.directives > limits.directives) {
    throw refused(`Use até ${limits.directives} diretivas por operação.`, 'DIRETIVAS_DEMAIS');
  }
  if (size.fields > limits.fields) {
    throw refused(
      `Peça até ${limits.fields} campos por operação, contados com os fragmentos abertos.`,
      'CAMPOS_DEMAIS',
    );
  }
};

/**
 * Refuses a document that would be more work to validate or to plan than any honest one. It asks nothing of the
 * document but that it was parsed, so that it can come before the rules of GraphQL, of which some take a time that goes
 * with the square of what they are given.
 *
 * @throws GraphQLError BAD_USER_INPUT with 400, a `motivo` for each limit; GRAPHQL_VALIDATION_FAILED for a fragment that
 * includes itself.
 */
export const checkDocumentSize = (document: DocumentNode, limits: QueryLimits): void => {
  const operations = document.definitions.filter(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION,
  );
  if (operations.length > maxOperations) {
    throw refused(`Envie até ${maxOperations} operações por documento.`, 'OPERACOES_DEMAIS');
  }
  const { fragments, ofFragment, ofOperation } = measuring(document);
  if (document.definitions.length - operations.length > maxFragments) {
    throw refused(`Use até ${maxFragments} fragmentos por documento.`, 'FRAGMENTOS_DEMAIS');
  }
  for (const fragment of fragments.values()) checkSize(ofFragment(fragment), limits);
  for (const operation of operations) {
    const size = ofOperation(operation);
    checkSize(size, limits);
    if (size.own > limits.rootFields) {
      throw refused(`Peça até ${limits.rootFields} campos na raiz da operação.`, 'CAMPOS_RAIZ_DEMAIS');
    }
  }
  const { check, isOpened } = countingRepetitions((name) => {
    const fragment = fragments.get(name);
    return fragment && ofFragment(fragment).fields > 0 ? fragment : undefined;
  });
  for (const { selectionSet } of operations) check(selectionSet);
  for (const fragment of fragments.values()) {
    if (!isOpened(fragment)) check(fragment.selectionSet);
  }
};
