import { Pool } from 'undici';
import type { Asking, RequestInfo } from '../../platform/caller';
import type { Environment } from '../../platform/environment';
import type { SubgraphLink, SubgraphLinks, SubgraphRequest } from '../../platform/subgraph-link';
import { parseSubgraphResponse } from './parse-subgraph-response';

/** Why a subgraph could not be used; meant for the log, never for a client. */
class SubgraphUnreachableError extends Error {}

const connectionsPerSubgraph = 32;
const connectTimeout = 5_000;
const largestResponse = 16 * 1024 * 1024;
const jsonType = /^application\/(json|graphql-response\+json)\s*(;|$)/i;

const headersFor = ({ requestId, traceparent }: RequestInfo) => ({
  'content-type': 'application/json',
  accept: 'application/graphql-response+json, application/json;q=0.9',
  'x-request-id': requestId,
  ...(traceparent && { traceparent }),
});

const timeLeft = ({ info: { prazo } }: Asking, timeout: number, { agora }: Environment) =>
  prazo === null ? timeout : Math.max(0, Math.min(timeout, prazo - agora().getTime()));

const httpLink = (pool: Pool, path: string, timeout: number, environment: Environment): SubgraphLink => {
  const post = async (request: SubgraphRequest, asking: Asking) => {
    const { statusCode, headers, body } = await pool.request({
      path,
      method: 'POST',
      headers: headersFor(asking.info),
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(timeLeft(asking, timeout, environment)),
    });
    const type = String(headers['content-type'] ?? '');
    // GraphQL over HTTP answers a refused request with 4xx and an `errors` list: that one is an answer.
    const answered = (statusCode >= 200 && statusCode < 300) || (statusCode >= 400 && statusCode < 500);
    if (!answered || !jsonType.test(type)) {
      await body.dump();
      throw new SubgraphUnreachableError(`answered ${statusCode} with ${type || 'no content type'}`);
    }
    return body.text();
  };

  return async (request, asking) => {
    const response = parseSubgraphResponse(await post(request, asking));
    if (!response) throw new SubgraphUnreachableError('answered something that is not a GraphQL response');
    return response;
  };
};

type Options = {
  readonly environment: Environment;
  /** Milliseconds for one request, from connecting to the last byte; 30 s when left out. */
  readonly timeout?: number;
};

/**
 * Reaches subgraphs by URL over pooled keep-alive connections. Nothing of the client's identity is sent, no
 * redirect is followed, and an answer that is not GraphQL rejects.
 *
 * @param urls the address of each subgraph by name; `readForeignSupergraph` reads them out of one.
 */
export const createHttpLinks = (
  urls: ReadonlyMap<string, string>,
  { environment, timeout = 30_000 }: Options,
): { readonly links: SubgraphLinks; readonly close: () => Promise<void> } => {
  const reached = new Map(
    [...urls].map(([name, url]) => {
      const { origin, pathname, search } = new URL(url);
      const pool = new Pool(origin, {
        connections: connectionsPerSubgraph,
        connect: { timeout: connectTimeout },
        maxResponseSize: largestResponse,
      });
      return [name, { pool, link: httpLink(pool, pathname + search, timeout, environment) }];
    }),
  );
  return {
    links: (name) => {
      const subgraph = reached.get(name);
      if (!subgraph) throw new Error(`no address for subgraph ${name}`);
      return subgraph.link;
    },
    close: async () => {
      await Promise.all([...reached.values()].map(({ pool }) => pool.close()));
    },
  };
};
