import { refused } from './refused';

/** How deep lists and objects may be nested, in variables and in the document. */
export const maxValueDepth = 25;
const maxValues = 10_000;

/** Counts values until there are too many, so that it ends early however large they are. */
const counted = (value: unknown, levels: number, before: number): number => {
  if (typeof value !== 'object' || value === null) return before + 1;
  if (levels === 0) {
    throw refused(
      `Aninhe listas e objetos das variáveis em até ${maxValueDepth} níveis.`,
      'PROFUNDIDADE_DEMAIS',
    );
  }
  let count = before + 1;
  for (const inner of Array.isArray(value) ? value : Object.values(value)) {
    count = counted(inner, levels - 1, count);
    if (count > maxValues) {
      throw refused(`Envie até ${maxValues} valores nas variáveis.`, 'VARIAVEIS_DEMAIS');
    }
  }
  return count;
};

/**
 * Refuses variables nested deeper than any input is, or with more values. A list may be as deep as its sender likes
 * until a scalar looks at it, and what is too deep to be written as JSON again would look like a subgraph that cannot
 * be reached; each value that does not fit its type is told of in the answer.
 *
 * @throws GraphQLError BAD_USER_INPUT with 400.
 */
export const checkVariablesSize = (variables: Readonly<Record<string, unknown>>): void => {
  counted(variables, maxValueDepth + 1, 0);
};
