import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { fragmentsOf, isLeftOut, readingValues } from '../document';
import type { FieldCost, FieldCosts } from './field-costs';

type Variables = Readonly<Record<string, unknown>>;

export type Operation = {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Variables;
};

/** Whatever it does, it is a transaction, with its audit record and its events. */
const ofMutation = 10;

/** As much as the edge and the node of a page: to have one value under many names is to have many of it in the answer. */
const ofAliasedValue = 2;

const noCost: FieldCost = {
  weight: 0,
  ofArguments: new Map(),
  isList: false,
  slicing: [],
  assumed: 1,
  sized: [],
};

/** How long a list is that a field tells the length of, for the fields of its type that are that list. */
type Sized = { readonly fields: readonly string[]; readonly length: number };

/**
 * What an operation costs at most: the weight of each field, as often as the lists that lead to it are long. A list is as
 * long as its arguments ask for, else as `@listSize` assumes. A value under a name of its own has a cost. What a variable
 * leaves out is not counted.
 *
 * @param costs of the schema's fields. The document is valid against it, and the variables fit.
 */
export const costOfOperation = (
  { schema, document, operation, variables }: Operation,
  costs: FieldCosts,
): number => {
  const fragments = fragmentsOf(document);
  const read = readingValues(operation, variables);

  const lengthOf = (field: FieldNode, { slicing, assumed }: FieldCost): number => {
    const asked = (field.arguments ?? [])
      .filter(({ name }) => slicing.includes(name.value))
      .map(({ value }) => read(value))
      .filter((length) => typeof length === 'number');
    return asked.length > 0 ? Math.max(0, ...asked) : assumed;
  };

  const ownWeight = ({ name, alias, arguments: given = [], selectionSet }: FieldNode, cost: FieldCost) => {
    const isAnother = !selectionSet && alias && alias.value !== name.value;
    const ofArguments = given.reduce((sum, { name }) => sum + (cost.ofArguments.get(name.value) ?? 0), 0);
    return Math.max(0, cost.weight + ofArguments) + (isAnother ? ofAliasedValue : 0);
  };

  const ofField = (field: FieldNode, parent: string, sized: Sized | null): number => {
    const name = field.name.value;
    if (name.startsWith('__')) return 0;
    const cost = costs.get(parent)?.get(name) ?? noCost;
    const parentType = schema.getType(parent);
    const definition =
      isObjectType(parentType) || isInterfaceType(parentType) ? parentType.getFields()[name] : undefined;
    const isSized = sized?.fields.includes(name);
    const length = isSized ? sized!.length : cost.isList ? lengthOf(field, cost) : 1;
    const told = cost.sized.length > 0 ? { fields: cost.sized, length: lengthOf(field, cost) } : null;
    const within =
      field.selectionSet && definition
        ? ofSelections(field.selectionSet, getNamedType(definition.type).name, told)
        : 0;
    return length * (ownWeight(field, cost) + within);
  };

  const ofSelections = ({ selections }: SelectionSetNode, parent: string, sized: Sized | null): number => {
    let cost = 0;
    for (const selection of selections) {
      if (isLeftOut(selection, read)) continue;
      if (selection.kind === Kind.FIELD) {
        cost += ofField(selection, parent, sized);
        continue;
      }
      const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      if (inner) cost += ofSelections(inner.selectionSet, inner.typeCondition?.name.value ?? parent, sized);
    }
    return cost;
  };

  const root = schema.getRootType(operation.operation as never);
  const base = operation.operation === 'mutation' ? ofMutation : 0;
  return base + (root ? ofSelections(operation.selectionSet, root.name, null) : 0);
};
