import type { ApolloServerPlugin } from '@apollo/server';
import { type DocumentNode, type GraphQLError, type GraphQLFormattedError, parse } from 'graphql';
import type { QueryLimits } from '../../platform/settings/query-limits';
import type { RouterContext } from '../subgraph-links/gateway-data-source';
import { checkDocumentSize } from './document-size';
import { refused } from './refused';

/** In characters. To skip over what is no token, and to find the line of an error, takes time too. */
const maxLength = 100_000;

/** Stands in for what was refused, until a hook may refuse it. */
const harmless = '{ __typename }';
const harmlessDocument = parse(harmless, { noLocation: true });

const refusals = new WeakMap<DocumentNode, unknown>();

const refusalOfLength = (text: string | undefined): GraphQLError | undefined =>
  text !== undefined && text.length > maxLength
    ? refused(
        `Escreva o documento em até ${maxLength} caracteres; envie valores longos em variáveis.`,
        'DOCUMENTO_GRANDE_DEMAIS',
      )
    : undefined;

/**
 * Refuses documents by what the limits say before anybody validates them. Apollo Server lets no hook refuse anything
 * before the operation is known: what is refused earlier goes on as a document that does nothing, is kept as such in
 * the store of documents, and is refused when it comes to its operation.
 */
export const documentLimits = (limits: QueryLimits): ApolloServerPlugin<RouterContext> => ({
  requestDidStart: async ({ request }) => {
    const tooLong = refusalOfLength(request.query);
    if (tooLong) Object.assign(request, { query: harmless, extensions: undefined });
    return {
      validationDidStart: async (requestContext) => {
        try {
          checkDocumentSize(requestContext.document, limits);
        } catch (refusal) {
          const document = { ...harmlessDocument };
          refusals.set(document, refusal);
          Object.assign(requestContext, { document });
        }
      },
      didResolveOperation: async ({ document }) => {
        const refusal = tooLong ?? refusals.get(document);
        if (refusal) throw refusal;
      },
    };
  },
});

type FormatError = (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError;

const explainParsing = (
  { message, extensions }: GraphQLFormattedError,
  { tokens }: QueryLimits,
): GraphQLError | null => {
  if (extensions?.code !== 'GRAPHQL_PARSE_FAILED') return null;
  if (/^Syntax Error: Document contains more tha[nt] \d+ tokens/.test(message)) {
    return refused(`Escreva o documento em até ${tokens} palavras e sinais (tokens).`, 'TOKENS_DEMAIS');
  }
  return message.startsWith('Syntax Error: ')
    ? null
    : refused('O documento aninha demais para ser lido.', 'PROFUNDIDADE_DEMAIS');
};

/** Says what the parser refused for its size, which it does in the words of graphql-js or of the engine. */
export const explainingParsing =
  (formatError: FormatError, limits: QueryLimits): FormatError =>
  (formatted, error) => {
    const explained = explainParsing(formatted, limits);
    return explained ? formatError(explained.toJSON(), explained) : formatError(formatted, error);
  };
