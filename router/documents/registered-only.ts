import type { ApolloServerPlugin, GraphQLRequest } from '@apollo/server';
import type { GraphQLFormattedError } from 'graphql';
import type { ErrorCode } from '../../platform/errors';
import { hashOf, type RegisteredOperations } from './registered';

const code: ErrorCode = 'FORBIDDEN';

const refusal = (): GraphQLFormattedError => ({
  message: 'Este servidor só executa operações registradas.',
  extensions: { code, motivo: 'OPERACAO_NAO_REGISTRADA' },
});

const isRegistered = ({ query, extensions }: GraphQLRequest, registered: RegisteredOperations): boolean =>
  registered.has(query === undefined ? extensions?.persistedQuery?.sha256Hash : hashOf(query));

/**
 * Refuses, with FORBIDDEN and 403, every operation that is not registered, before anybody reads it. A registered one
 * may come as its hash, or as its text to the letter.
 */
export const registeredOnly = (registered: RegisteredOperations): ApolloServerPlugin => ({
  requestDidStart: async ({ request }) => {
    if (isRegistered(request, registered)) return;
    // None of Apollo Server's hooks may refuse before it parses and validates, whose errors would tell of the schema.
    // A hash that no text has ends the request there.
    request.query = undefined;
    request.extensions = { persistedQuery: { version: 1, sha256Hash: '' } };
    return {
      willSendResponse: async ({ response }) => {
        response.http.status = 403;
        response.body = { kind: 'single', singleResult: { errors: [refusal()] } };
      },
    };
  },
});
