import { GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import type { RequestInfo } from '../caller';
import { isDatabaseAway, isOverload } from '../db/prisma-errors';
import { CodedError, overloaded, unavailable } from '../errors';
import { describeError, log } from '../log';
import { logSparingly } from '../log-sparingly';
import { traceIdOf } from '../trace-context';

/** What a client reads when something unforeseen happened: an id to quote, and nothing else. */
const internalError = (requestId: string, path?: GraphQLFormattedError['path']): GraphQLFormattedError => ({
  message: `Erro interno. Informe o código ${requestId} ao suporte.`,
  ...(path && { path }),
  extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
});

// Every request meets the same.
const reportPassing = logSparingly('the database is away or has too much to do');

const isMeantForClients = (error: GraphQLError): boolean =>
  error instanceof CodedError || error.originalError instanceof CodedError;

/** The schema's name of the field that failed: a path has the client's aliases in it. */
const fieldOf = ({ nodes = [] }: GraphQLError): string | undefined => {
  const [node] = nodes;
  return node?.kind === Kind.FIELD ? node.name.value : undefined;
};

/** The one place where an error of a subgraph becomes what its caller sees. */
export const maskError = (
  error: GraphQLError,
  subgraph: string,
  info: RequestInfo,
): GraphQLFormattedError => {
  if (isMeantForClients(error)) {
    const { message, path, extensions } = error;
    return { message, ...(path && { path }), extensions: { ...extensions } };
  }
  const cause = error.originalError ?? error;
  const passing = isOverload(cause) ? overloaded() : isDatabaseAway(cause) ? unavailable() : null;
  if (passing) {
    reportPassing(cause);
    return { ...passing.toJSON(), ...(error.path && { path: error.path }) };
  }
  log.error(
    {
      subgraph,
      requestId: info.requestId,
      traceId: traceIdOf(info),
      campo: fieldOf(error),
      erro: describeError(cause),
    },
    'erro imprevisto',
  );
  return internalError(info.requestId, error.path);
};

/** An error in the request itself, found before anything ran. */
export const requestError = ({ message, locations }: GraphQLError): GraphQLFormattedError => ({
  message,
  ...(locations && { locations }),
  extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
});

export const asGraphQLError = (thrown: unknown): GraphQLError =>
  thrown instanceof GraphQLError
    ? thrown
    : new GraphQLError('', { originalError: thrown instanceof Error ? thrown : new Error(String(thrown)) });
