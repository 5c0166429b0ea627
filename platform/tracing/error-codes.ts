import type { GraphQLFormattedError } from 'graphql';
import type { ErrorCode } from '../errors';
import type { OpenSpan } from './open-span';

type Errors = readonly Pick<GraphQLFormattedError, 'extensions'>[] | undefined;

/** Another's subgraph may write anything into it. */
const form = /^[A-Z][A-Z_]{0,63}$/;
const most = 10;

const codesOf = (errors: Errors = []): string[] => {
  const codes = errors.map(({ extensions }) => String(extensions?.code ?? ''));
  return [...new Set(codes.filter((code) => form.test(code)))].slice(0, most);
};

/** Those that are not the client's doing. */
const failures: readonly string[] = ['INTERNAL_SERVER_ERROR', 'SUBGRAPH_UNAVAILABLE'] satisfies ErrorCode[];

/** Notes what kinds of errors an answer has: their codes, and nothing of their messages, which quote data. */
export const noteErrors = (span: OpenSpan, errors: Errors): void => {
  const codes = codesOf(errors);
  if (codes.length > 0) span.set({ 'teia.error.codes': codes });
};

/** The code by which an answer counts as failed; undefined when it has no error, or only some that the client made. */
export const failureOf = (errors: Errors): string | undefined =>
  codesOf(errors).find((code) => failures.includes(code));
