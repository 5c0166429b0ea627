import { hashOf, type RegisteredOperations } from '../documents/registered';

const other = 'outra';

/** The name of a registered operation, by the hash of its text: no other name becomes a label. */
export const routeOfHash = (registered: RegisteredOperations, hash: string | undefined): string =>
  (hash && registered.get(hash)?.name) || other;

const textIn = (from: unknown, name: string): string | undefined => {
  const value = (from as Readonly<Record<string, unknown>> | null | undefined)?.[name];
  return typeof value === 'string' ? value : undefined;
};

/**
 * The same for a request that nobody looked into yet, whatever it is.
 *
 * @param given the body of a POST, or what follows the `?` of a GET.
 */
export const routeOfRequest = (registered: RegisteredOperations, given: unknown): string => {
  const query = textIn(given, 'query');
  if (query !== undefined) return routeOfHash(registered, hashOf(query));
  const { extensions } = (given ?? {}) as { extensions?: { persistedQuery?: unknown } };
  return routeOfHash(registered, textIn(extensions?.persistedQuery, 'sha256Hash'));
};
