import {
  type DocumentNode,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  type TypeNode,
  type ValueNode,
  visit,
} from 'graphql';
import { CodedError } from '../errors';
import { ownValue } from '../own-value';

const isOfAny = (type: TypeNode): boolean =>
  type.kind === Kind.NAMED_TYPE ? type.name.value === '_Any' : isOfAny(type.type);

/** How many entities an operation asks for at a time: by which variables, and written in its document. */
const entitiesIn = (document: DocumentNode, { variableDefinitions = [] }: OperationDefinitionNode) => {
  const variables = variableDefinitions
    .filter(({ type }) => isOfAny(type))
    .map(({ variable }) => variable.name.value);
  let written = 0;
  const count = (value: ValueNode) => {
    if (value.kind === Kind.LIST) written = Math.max(written, value.values.length);
  };
  visit(document, {
    Field: ({ name, arguments: given = [] }) => {
      if (name.value === '_entities') for (const { value } of given) count(value);
    },
  });
  return { variables, written };
};

const known = new WeakMap<OperationDefinitionNode, ReturnType<typeof entitiesIn>>();

/**
 * Refuses to load more entities at a time than `max`: federation has no such limit, and each of them may be work.
 *
 * @throws CodedError BAD_USER_INPUT, REPRESENTACOES_DEMAIS.
 */
export const checkRepresentations = (
  document: DocumentNode,
  {
    operationName,
    variables = {},
  }: { readonly operationName?: string; readonly variables?: Record<string, unknown> },
  max: number,
): void => {
  const operation = getOperationAST(document, operationName);
  // Nothing is executed then.
  if (!operation) return;
  const asked = known.get(operation) ?? entitiesIn(document, operation);
  known.set(operation, asked);
  const lengths = asked.variables
    .map((name) => ownValue(variables, name))
    .map((value) => (Array.isArray(value) ? value.length : 1));
  if (Math.max(asked.written, 0, ...lengths) <= max) return;
  throw new CodedError('BAD_USER_INPUT', `Peça até ${max} entidades de cada vez.`, {
    motivo: 'REPRESENTACOES_DEMAIS',
  });
};
