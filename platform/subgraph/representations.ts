import { type DocumentNode, getOperationAST, Kind, type TypeNode, type ValueNode, visit } from 'graphql';
import { CodedError } from '../errors';

const isOfAny = (type: TypeNode): boolean =>
  type.kind === Kind.NAMED_TYPE ? type.name.value === '_Any' : isOfAny(type.type);

/** How many entities a document asks for at a time: by which variables, and written in it. */
const entitiesIn = (document: DocumentNode, operationName: string | undefined) => {
  const variables = (getOperationAST(document, operationName)?.variableDefinitions ?? [])
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

const known = new WeakMap<DocumentNode, ReturnType<typeof entitiesIn>>();

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
  const asked = known.get(document) ?? entitiesIn(document, operationName);
  known.set(document, asked);
  const lengths = asked.variables
    .map((name) => variables[name])
    .map((value) => (Array.isArray(value) ? value.length : 1));
  if (Math.max(asked.written, 0, ...lengths) <= max) return;
  throw new CodedError('BAD_USER_INPUT', `Peça até ${max} entidades de cada vez.`, {
    motivo: 'REPRESENTACOES_DEMAIS',
  });
};
