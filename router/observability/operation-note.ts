import type { FastifyRequest } from 'fastify';
import type { Asking } from '../../platform/caller';

/** What a request asked one subgraph for: how often, for how long in all (milliseconds), and whether each was answered. */
export type Fetches = { count: number; ms: number; isAnswered: boolean };

/** What becomes known of a GraphQL request as it goes on, for its log line and its measurements. */
export type OperationNote = {
  readonly asking: Asking;
  /** SHA-256 of the document, in hexadecimal. */
  hash?: string;
  /** The operation's name when it is registered. */
  registered?: string;
  /** The name that the client gives it. */
  name?: string;
  /** query or mutation. */
  type?: string;
  /** How many errors of each code the answer has. */
  readonly errors: Record<string, number>;
  readonly fetches: Map<string, Fetches>;
};

const byAsking = new WeakMap<Asking, OperationNote>();
const byRequest = new WeakMap<FastifyRequest, OperationNote>();

/** Begins the note of a request; it ends with it. */
export const beginNote = (request: FastifyRequest, asking: Asking): void => {
  const note: OperationNote = { asking, errors: {}, fetches: new Map() };
  byAsking.set(asking, note);
  byRequest.set(request, note);
};

export const noteOf = (asking: Asking): OperationNote | undefined => byAsking.get(asking);

const longestName = 64;

/** What may be told of an operation's name: ours whole, and one that a client made up when it is short. */
export const toldName = (registered: string | undefined, given: string | undefined): string | undefined =>
  registered ?? (given && given.length <= longestName ? given : undefined);

/** Nothing for what never became a GraphQL request. */
export const noteOfRequest = (request: FastifyRequest): OperationNote | undefined => byRequest.get(request);
