import type { ApolloServerPlugin, GraphQLRequestContextDidResolveOperation } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError, type OperationDefinitionNode } from 'graphql';
import type { Log } from '../platform/log';
import { explainVariables } from '../platform/subgraph/explain-input';
import { checkVariablesSize } from './guards/variables-size';
import { noteRequest } from './request-of-error';
import type { RouterContext } from './subgraph-links/gateway-data-source';

/** Errors of branches that are fetched at the same time come in any order; a client gets them in one. */
const byPath = (one: GraphQLFormattedError, other: GraphQLFormattedError): number => {
  const [a, b] = [one, other].map(({ path = [], message }) => JSON.stringify([path, message]));
  return a! < b! ? -1 : Number(a! > b!);
};

type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

type Resolved = GraphQLRequestContextDidResolveOperation<RouterContext>;

/** Throws, or rejects with, why an operation is refused that was found and whose variables fit. */
export type OperationRule = (
  context: Resolved & { readonly operation: OperationDefinitionNode },
) => Promise<void> | void;

type Options = {
  readonly formatError: FormatError;
  readonly log: Log;
  /** What else operations are held to, in this order. */
  readonly rules: readonly OperationRule[];
};

const status400 = { status: 400 };

const badRequest = (code: string, message: string) =>
  new GraphQLError(message, { extensions: { code, http: status400 } });

const checkOperation: OperationRule = ({ operation, schema, document, request }) => {
  if (operation.operation === 'subscription') {
    throw badRequest('BAD_REQUEST', 'Este servidor não executa subscriptions.');
  }
  const { variables = {} } = request;
  checkVariablesSize(variables);
  const wrong = explainVariables(schema, document, request.operationName, variables);
  if (wrong) throw new GraphQLError(wrong.message, { extensions: { ...wrong.extensions, http: status400 } });
};

/**
 * What `@apollo/gateway` leaves open. It fails on an operation it cannot find as if the fault were ours,
 * repeats the values of variables that do not fit in English sentences, and
 * where a subgraph leaves a non-null field empty (an entity that no longer exists) it answers with no error
 * but an English list of the graph's types in `extensions`.
 *
 * The rules are asked one after another: Apollo Server asks all plugins at once, and an operation that is refused for what
 * it is would still count as a use.
 */
export const operationRules = ({ formatError, log, rules }: Options): ApolloServerPlugin<RouterContext> => ({
  requestDidStart: async () => ({
    didResolveOperation: async (context) => {
      const { operation } = context;
      if (!operation) {
        throw badRequest(
          'OPERATION_RESOLUTION_FAILURE',
          'Informe em operationName uma operação do documento.',
        );
      }
      for (const rule of [checkOperation, ...rules]) await rule({ ...context, operation });
    },
    didEncounterErrors: async ({ contextValue, errors }) => noteRequest(errors, contextValue.asking.info),
    willSendResponse: async ({ contextValue, response: { body } }) => {
      if (body.kind !== 'single') return;
      const result = body.singleResult;
      if (result.errors) result.errors = result.errors.toSorted(byPath);
      const { valueCompletion } = result.extensions ?? {};
      delete result.extensions;
      if (!valueCompletion) return;
      const { info } = contextValue.asking;
      log.debug({ valueCompletion, requestId: info.requestId }, 'empty non-null fields');
      if (result.data || result.errors?.length) return;
      const empty = new Error('an empty non-null field left nothing of the answer');
      noteRequest([empty], info);
      result.errors = [formatError({ message: empty.message }, empty)];
    },
  }),
});
