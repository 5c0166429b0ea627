import type { ApolloServerPlugin } from '@apollo/server';
import type { Asking } from '../../platform/caller';
import { failureOf, noteErrors } from '../../platform/tracing/error-codes';
import type { Tracing } from '../../platform/tracing/tracing';
import type { RegisteredOperations } from '../documents/registered';
import type { RouterContext } from '../subgraph-links/gateway-data-source';
import { toldName } from './operation-note';

/** Begins the span of an operation, below which its fetches are, when its trace is recorded. */
export const beginOperation = (tracing: Tracing | null | undefined, asking: Asking): RouterContext => {
  const { caller, info } = asking;
  const span = tracing?.within({ name: 'GraphQL Operation', kind: 'INTERNAL' }, info.traceparent);
  return span ? { asking: { caller, info: { ...info, traceparent: span.traceparent } }, span } : { asking };
};

/**
 * Tells the span of each operation what becomes known of it: its kind, its name and the hash of its document, whose
 * text may hold what somebody typed. It comes after whoever adds errors. A request that never became an operation ends
 * no span, and is none.
 */
export const traceOperations = (registered: RegisteredOperations): ApolloServerPlugin<RouterContext> => ({
  requestDidStart: async ({ contextValue: { span } }) => {
    if (!span) return;
    return {
      didResolveSource: async ({ queryHash }) => span.set({ 'teia.graphql.document.sha256': queryHash }),
      didResolveOperation: async ({ operation, queryHash }) => {
        const type = operation?.operation ?? 'query';
        const known = registered.get(queryHash)?.name;
        // Any client makes up names; those of ours are few.
        span.rename(known ? `${type} ${known}` : type);
        span.set({
          'graphql.operation.type': type,
          'graphql.operation.name': toldName(known, operation?.name?.value),
        });
      },
      willSendResponse: async ({ response: { body } }) => {
        const errors = body.kind === 'single' ? body.singleResult.errors : undefined;
        noteErrors(span, errors);
        span.end(failureOf(errors));
      },
    };
  },
});
