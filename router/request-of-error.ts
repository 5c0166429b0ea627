import { GraphQLError } from 'graphql';

const requestIds = new WeakMap<object, string>();

/** Notes the id of the HTTP request in which errors arose. */
export const noteRequest = (errors: readonly object[], requestId: string): void => {
  for (const error of errors) requestIds.set(error, requestId);
};

/** Rethrows, noted, what kept a request from being begun; as an error of its own, since many may wait for one promise. */
export const failBeginning =
  (requestId: string) =>
  (cause: unknown): never => {
    const error =
      cause instanceof GraphQLError
        ? cause
        : new GraphQLError(String(cause), { originalError: cause instanceof Error ? cause : undefined });
    noteRequest([error], requestId);
    throw error;
  };

/**
 * The id of the HTTP request in which an error arose, or undefined when nobody noted it. Apollo Server formats
 * errors without saying for which request, and each masked error has to name the id under which it was logged. An
 * AsyncLocalStorage would tell, but makes Node 20 follow every promise of the process: a sixth of what a point read
 * costs a router that serves nothing else.
 */
export const requestOfError = (error: unknown): string | undefined => requestIds.get(error as object);
