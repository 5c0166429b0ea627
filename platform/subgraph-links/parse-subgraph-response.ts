import type { GraphQLFormattedError } from 'graphql';
import type { SubgraphResponse } from '../subgraph-link';

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isPath = (value: unknown) =>
  Array.isArray(value) && value.every((part) => typeof part === 'string' || typeof part === 'number');

const isError = (value: unknown): value is GraphQLFormattedError =>
  isObject(value) &&
  typeof value.message === 'string' &&
  (value.path == null || isPath(value.path)) &&
  (value.extensions == null || isObject(value.extensions));

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/**
 * Reads a subgraph's body as a GraphQL response: `data`, `errors`, or both. Anything else is null, since
 * the gateway trusts the shape of what it merges.
 */
export const parseSubgraphResponse = (text: string): SubgraphResponse | null => {
  const body = parseJson(text);
  if (!isObject(body)) return null;
  const { data, errors } = body;
  if (data != null && !isObject(data)) return null;
  if (errors == null) return data ? { data } : null;
  if (!Array.isArray(errors) || !errors.every(isError)) return null;
  return data || errors.length > 0 ? { data, errors } : null;
};
