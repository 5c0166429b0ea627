import { refused } from './refused';

const maxDepth = 25;

const isWithin = (value: unknown, levels: number): boolean => {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner) => isWithin(inner, levels - 1));
};

/**
 * Refuses variables nested deeper than any input is. A list may be as deep as its sender likes until a scalar looks at
 * it, and what is too deep to be written as JSON again would look like a subgraph that cannot be reached.
 *
 * @throws GraphQLError BAD_USER_INPUT with 400.
 */
export const checkVariablesDepth = (variables: Readonly<Record<string, unknown>>): void => {
  if (isWithin(variables, maxDepth)) return;
  throw refused(`Aninhe listas e objetos das variáveis em até ${maxDepth} níveis.`, 'PROFUNDIDADE_DEMAIS');
};
