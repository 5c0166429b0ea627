import { Pool } from 'undici';
import type { Asking } from '../caller';
import type { Environment } from '../environment';
import type { SubgraphLink, SubgraphLinks, SubgraphRequest } from '../subgraph-link';
import type { HopHeaders } from './hop-headers';
import { parseSubgraphResponse } from './parse-subgraph-response';
import { post } from './post';

/** Why a subgraph could not be used; meant for the log, never for a client. */
class SubgraphUnreachableError extends Error {}

const connectTimeout = 5_000;
const largestResponse = 16 * 1024 * 1024;
const jsonType = /^application\/(json|graphql-response\+json)\s*(;|$)/i;

const ownHeaders = {
  'content-type': 'application/json',
  accept: 'application/graphql-response+json, application/json;q=0.9',
};

const timeLeft = ({ info: { prazo } }: Asking, timeout: number, { agora }: Environment) =>
  prazo === null ? timeout : Math.max(0, Math.min(timeout, prazo - agora().getTime()));

type Address = { readonly name: string; readonly pool: Pool; readonly path: string };

const httpLink = (
  { name, pool, path }: Address,
  { environment, hopHeaders, timeout = 30_000 }: Options,
): SubgraphLink => {
  const ask = async (request: SubgraphRequest, asking: Asking) => {
    const { status, type, text } = await post(pool, {
      path,
      headers: { ...(await hopHeaders(name, asking)), ...ownHeaders },
      body: JSON.stringify(request),
      timeout: timeLeft(asking, timeout, environment),
    });
    // GraphQL over HTTP answers a refused request with 4xx and an `errors` list: that one is an answer.
    const answered = (status >= 200 && status < 300) || (status >= 400 && status < 500);
    if (!answered || !jsonType.test(type)) {
      throw new SubgraphUnreachableError(`answered ${status} with ${type || 'no content type'}`);
    }
    return text;
  };

  return async (request, asking) => {
    const response = parseSubgraphResponse(await ask(request, asking));
    if (!response) throw new SubgraphUnreachableError('answered something that is not a GraphQL response');
    return response;
  };
};

type Options = {
  readonly environment: Environment;
  readonly hopHeaders: HopHeaders;
  /** Milliseconds for one request, from connecting to the last byte; 30 s when left out. */
  readonly timeout?: number;
  /** To each subgraph at most; 32 when left out. */
  readonly connections?: number;
};

/**
 * Reaches subgraphs by URL over pooled keep-alive connections. They are told what `hopHeaders` says and nothing
 * else of the client's request, no redirect is followed, and an answer that is not GraphQL rejects.
 *
 * @param urls the address of each subgraph by name, path included.
 */
export const createHttpLinks = (
  urls: ReadonlyMap<string, string>,
  options: Options,
): { readonly links: SubgraphLinks; readonly close: () => Promise<void> } => {
  const reached = new Map(
    [...urls].map(([name, url]) => {
      const { origin, pathname, search } = new URL(url);
      const pool = new Pool(origin, {
        connections: options.connections ?? 32,
        connect: { timeout: connectTimeout },
        maxResponseSize: largestResponse,
      });
      return [name, { pool, link: httpLink({ name, pool, path: pathname + search }, options) }];
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
