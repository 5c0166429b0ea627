import { unwrapResolverError } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { CampoInvalido, ErrorCode } from '../platform/errors';
import { describeError, type Log } from '../platform/log';
import { requestOfError } from './request-of-error';

/** Ours, with the message meant for people. INTERNAL_SERVER_ERROR is left out: it never shows its own. */
const codesForPeople: ReadonlySet<unknown> = new Set<ErrorCode>([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'BAD_USER_INPUT',
  'CONFLICT',
  'RATE_LIMITED',
  'SUBGRAPH_UNAVAILABLE',
]);

/** Apollo Server's own, about the client's request and not about ours to a subgraph. */
const codesOfTheProtocol: ReadonlySet<unknown> = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'BAD_REQUEST',
]);

const extensionsOf = (error: unknown): Record<string, unknown> =>
  error instanceof GraphQLError ? error.extensions : {};

/** The gateway marks what came from a subgraph with its name. */
const isFromSubgraph = (error: unknown) => 'serviceName' in extensionsOf(error);

/** Apollo Server answers a few bad requests with a status and no code. */
const isUncodedBadRequest = (error: unknown) => {
  const { code, http } = extensionsOf(error);
  return (
    code === undefined && typeof http === 'object' && http !== null && 'status' in http && http.status === 400
  );
};

const isCampo = (campo: unknown): campo is CampoInvalido =>
  typeof campo === 'object' &&
  campo !== null &&
  'campo' in campo &&
  typeof campo.campo === 'string' &&
  'mensagem' in campo &&
  typeof campo.mensagem === 'string';

const details = ({ motivo, campos, aguardeSegundos }: Record<string, unknown>) => ({
  ...(typeof motivo === 'string' && { motivo }),
  ...(typeof aguardeSegundos === 'number' && { aguardeSegundos }),
  ...(Array.isArray(campos) && {
    campos: campos.filter(isCampo).map(({ campo, mensagem }) => ({ campo, mensagem })),
  }),
});

const withoutSuggestion = (message: string) => message.replace(/ ?Did you mean .+\?$/s, '');

type Options = { readonly production: boolean; readonly log: Log };

/**
 * Makes Apollo Server's `formatError`: what a client may see of an error is its message, path, locations and
 * `extensions.{code, motivo, campos, aguardeSegundos, requestId, traceId}`. Whatever carries no code of ours or of the protocol is
 * logged, but for what a subgraph said of it, and becomes INTERNAL_SERVER_ERROR naming the request id and nothing else. In production no
 * message suggests names of the schema.
 */
export const createFormatError = ({ production, log }: Options) => {
  const masked = ({ path, locations }: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const request = requestOfError(error);
    const requestId = request?.requestId;
    log.error(
      {
        erro: describeError(unwrapResolverError(error)),
        // No path: its aliases are the client's own words, and the ids lead to where the field was logged.
        ...request,
        subgraph: extensionsOf(error).serviceName,
      },
      'unforeseen error',
    );
    return {
      message: requestId ? `Erro interno. Informe o código ${requestId} ao suporte.` : 'Erro interno.',
      ...(locations && { locations }),
      ...(path && { path }),
      extensions: { code: 'INTERNAL_SERVER_ERROR', ...(requestId && { requestId }) },
    };
  };

  return (formatted: GraphQLFormattedError, error: unknown): GraphQLFormattedError => {
    const { message, locations, path, extensions = {} } = formatted;
    const code = isUncodedBadRequest(error) ? 'BAD_REQUEST' : extensions.code;
    const shown = codesForPeople.has(code) || (codesOfTheProtocol.has(code) && !isFromSubgraph(error));
    if (!shown) return masked(formatted, error);

    const introspection = extensions.validationErrorCode === 'INTROSPECTION_DISABLED';
    return {
      message: introspection
        ? 'A introspecção está desativada neste servidor.'
        : production
          ? withoutSuggestion(message)
          : message,
      ...(locations && { locations }),
      ...(path && { path }),
      extensions: {
        code,
        ...details(extensions),
        ...(code === 'SUBGRAPH_UNAVAILABLE' && requestOfError(error)),
      },
    };
  };
};
