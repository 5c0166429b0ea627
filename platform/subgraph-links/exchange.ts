import type { Pool } from 'undici';
import type { Asking } from '../caller';
import { endingProblem } from '../http/drain';
import type { SubgraphResponse } from '../subgraph-link';
import { SubgraphFailure } from './failure';
import type { HopHeaders } from './hop-headers';
import { parseSubgraphResponse } from './parse-subgraph-response';
import { type Received, roundTrip } from './round-trip';

/** A request to a subgraph, ready to be sent. */
export type Asked = {
  readonly asking: Asking;
  readonly body: string;
  readonly isRead: boolean;
  /** When its time is up, by the clock of `performance.now()`. */
  readonly endsAt: number;
  /** Whose time that is: the subgraph's, or that of the whole request. */
  readonly kindWhenLate: 'timeout' | 'deadline';
};

export type Answered = { readonly text: string; readonly response: SubgraphResponse };

const jsonType = /^application\/(json|graphql-response\+json)\s*(;|$)/i;

const ownHeaders = {
  'content-type': 'application/json',
  accept: 'application/graphql-response+json, application/json;q=0.9',
};

const kindOfStatus = (status: number) =>
  status >= 500 || status < 200 ? 'error' : status >= 400 ? 'refused' : status >= 300 ? 'redirect' : null;

const isEnding = ({ status, type, text }: Received): boolean =>
  status === 503 && type.startsWith('application/problem+json') && text.includes(endingProblem);

/** @throws SubgraphFailure for what is not a GraphQL response. */
const readAnswer = (answer: Received): Answered => {
  const { status, type, text } = answer;
  const kind = isEnding(answer) ? 'ending' : kindOfStatus(status);
  const response = jsonType.test(type) ? parseSubgraphResponse(text) : null;
  // GraphQL over HTTP answers a refused request with 4xx and an `errors` list: that one is an answer.
  if (response && (kind === null || kind === 'refused')) return { text, response };
  const what = `answered ${status} with ${type || 'no content type'}`;
  throw new SubgraphFailure(kind ?? 'invalid', kind ? what : `${what}, not a GraphQL response`);
};

/**
 * Makes a single attempt at a subgraph, over one instance of it. No redirect is followed.
 *
 * @param path of its GraphQL, query included.
 * @throws SubgraphFailure when there is no GraphQL response in time.
 */
export const createExchange =
  (name: string, hopHeaders: HopHeaders) =>
  async (pool: Pool, path: string, { asking, body, endsAt, kindWhenLate }: Asked): Promise<Answered> => {
    const headers = { ...(await hopHeaders(name, asking)), ...ownHeaders };
    return readAnswer(await roundTrip(pool, { method: 'POST', path, headers, body, endsAt, kindWhenLate }));
  };
