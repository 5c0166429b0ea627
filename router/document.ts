import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type ValueNode,
} from 'graphql';
import { ownValue } from '../platform/own-value';

/** The fragments of a document, by name. */
export const fragmentsOf = ({ definitions }: DocumentNode): Map<string, FragmentDefinitionNode> =>
  new Map(
    definitions
      .filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );

export type ReadValue = (value: ValueNode) => unknown;

/**
 * Reads the numbers and truth values of an operation, written or by variable; undefined for anything else, and for what
 * nobody gave.
 *
 * @param variables null makes everything undefined that depends on one.
 */
export const readingValues = (
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>> | null,
): ReadValue => {
  const defaults = new Map(
    variableDefinitions.map(({ variable, defaultValue }) => [variable.name.value, defaultValue]),
  );
  const read: ReadValue = (node) => {
    if (node.kind === Kind.INT) return Number(node.value);
    if (node.kind === Kind.BOOLEAN) return node.value;
    if (node.kind !== Kind.VARIABLE || !variables) return undefined;
    const given = ownValue(variables, node.name.value);
    if (given !== undefined) return given;
    const byDefault = defaults.get(node.name.value);
    return byDefault && read(byDefault);
  };
  return read;
};

/** Whether `@skip` or `@include` leave a selection of a valid document out. */
export const isLeftOut = ({ directives = [] }: SelectionNode, read: ReadValue): boolean =>
  directives.some(({ name, arguments: [condition] = [] }) => {
    if (!condition || (name.value !== 'skip' && name.value !== 'include')) return false;
    return read(condition.value) === (name.value === 'skip');
  });
