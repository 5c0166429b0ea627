import { type DocumentNode, execute, type GraphQLSchema, parse, specifiedRules, validate } from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Asking } from '../caller';
import { runInScope } from '../db/scope';
import type { SubgraphLink, SubgraphRequest, SubgraphResponse } from '../subgraph-link';
import { explainLiterals, explainVariables } from './explain-input';
import { asGraphQLError, maskError, requestError } from './mask-error';
import { refusedFields } from './refused-fields';
import { checkRepresentations } from './representations';

type Prepared = { readonly document: DocumentNode } | { readonly refused: SubgraphResponse };

const prepare = (schema: GraphQLSchema, query: string): Prepared => {
  try {
    const document = parse(query);
    const errors = validate(schema, document, specifiedRules);
    if (errors.length === 0) return { document };
    const explained = explainLiterals(document, errors);
    return { refused: { errors: explained ? [explained.toJSON()] : errors.map(requestError) } };
  } catch (error) {
    return { refused: { errors: [requestError(asGraphQLError(error))] } };
  }
};

/** The tenant is set here, once, for all that the request does; anonymous work has none and reads nothing. */
const inScopeOf = <Result>({ caller }: Asking, work: () => Promise<Result>): Promise<Result> =>
  caller ? runInScope({ role: 'inquilino', organizacaoId: caller.organizacaoId }, work) : work();

type ExecutorOptions<Context> = {
  readonly name: string;
  readonly schema: GraphQLSchema;
  readonly createContext: (asking: Asking) => Context;
  /** How many entities one request may ask for; 1,000 when left out. */
  readonly maxRepresentations?: number;
  /** Told what a Caller was refused for want of a permission, before the answer; it must neither wait nor throw. */
  readonly onRefused?: (asking: Asking, fields: readonly string[]) => void;
};

/**
 * The one way in which a subgraph is executed, whichever way the request came. Parsed and validated
 * documents are kept (the router sends the same ones again and again), each request runs in the scope
 * of its Caller's organization with a context of its own, and only coded errors leave unmasked.
 */
export const createExecutor = <Context>({
  name,
  schema,
  createContext,
  maxRepresentations = 1_000,
  onRefused,
}: ExecutorOptions<Context>): SubgraphLink => {
  const documents = new LRUCache<string, Prepared>({ max: 2_000 });

  const prepared = (query: string): Prepared => {
    const known = documents.get(query);
    if (known) return known;
    const fresh = prepare(schema, query);
    // A refused document is most often one with a value in it, which will not come again.
    if ('document' in fresh) documents.set(query, fresh);
    return fresh;
  };

  const run = async (
    document: DocumentNode,
    request: SubgraphRequest,
    asking: Asking,
  ): Promise<SubgraphResponse> => {
    const { variables = {}, operationName } = request;
    checkRepresentations(document, request, maxRepresentations);
    const { data, errors } = await execute({
      schema,
      document,
      operationName,
      variableValues: variables,
      contextValue: createContext(asking),
    });
    if (!errors) return { data };
    const explained = data === undefined && explainVariables(schema, document, operationName, variables);
    if (explained) return { errors: [explained.toJSON()] };
    const refused = refusedFields({ schema, document, variables }, errors);
    if (refused.length > 0) onRefused?.(asking, refused);
    return { data, errors: errors.map((error) => maskError(error, name, asking.info)) };
  };

  return async (request, asking) => {
    const ready = prepared(request.query);
    if ('refused' in ready) return ready.refused;
    try {
      return await inScopeOf(asking, () => run(ready.document, request, asking));
    } catch (error) {
      return { errors: [maskError(asGraphQLError(error), name, asking.info)] };
    }
  };
};
