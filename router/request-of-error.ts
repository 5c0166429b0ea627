import { GraphQLError } from 'graphql';
import type { RequestInfo } from '../platform/caller';
import { traceIdOf } from '../platform/trace-context';

type Request = Pick<RequestInfo, 'requestId' | 'traceparent'>;

const requests = new WeakMap<object, Request>();

/** Notes the HTTP request in which errors arose. */
export const noteRequest = (errors: readonly object[], request: Request): void => {
  for (const error of errors) requests.set(error, request);
};

/** Rethrows, noted, what kept a request from being begun; as an error of its own, since many may wait for one promise. */
export const failBeginning =
  (request: Request) =>
  (cause: unknown): never => {
    const error =
      cause instanceof GraphQLError
        ? cause
        : new GraphQLError(String(cause), { originalError: cause instanceof Error ? cause : undefined });
    noteRequest([error], request);
    throw error;
  };

/**
 * The ids of the HTTP request in which an error arose and of its trace, or undefined when nobody noted them. Apollo
 * Server formats errors without saying for which request, and each masked error has to name the id under which it was
 * logged. An AsyncLocalStorage would tell, but makes Node 20 follow every promise of the process: a sixth of what a
 * point read costs a router that serves nothing else.
 */
export const requestOfError = (
  error: unknown,
): { readonly requestId: string; readonly traceId: string | null } | undefined => {
  const request = requests.get(error as object);
  return request && { requestId: request.requestId, traceId: traceIdOf(request) };
};
