import type { IncomingMessage } from 'node:http';
import { HeaderMap } from '@apollo/server';
import type { FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Asking, Caller, RequestInfo } from '../../platform/caller';
import type { Environment } from '../../platform/environment';
import { badUserInput, type CodedError, unauthenticated } from '../../platform/errors';
import { InvalidTokenError } from './verify-token';

/** How long a client is assumed to wait for an answer, in milliseconds. */
export const requestTimeout = 30_000;

const acceptableRequestId = /^[\w.-]{8,64}$/;
const visibleAscii = /^[\x21-\x7e]{1,255}$/;
const traceparent = /^(?!ff)[\da-f]{2}-(?!0{32})[\da-f]{32}-(?!0{16})[\da-f]{16}-[\da-f]{2}$/;
const longestUserAgent = 256;

const withHttp = ({ message, extensions }: CodedError, status: number, headers: [string, string][] = []) =>
  new GraphQLError(message, {
    extensions: { ...extensions, http: { status, headers: new HeaderMap(headers) } },
  });

const refused = () =>
  withHttp(unauthenticated('Sua sessão não é válida ou expirou. Entre de novo.', 'TOKEN_INVALIDO'), 401, [
    ['www-authenticate', 'Bearer error="invalid_token"'],
  ]);

/** The id of a request: the client's `X-Request-ID` when it is a short plain token, otherwise a new one. */
export const requestIdOf = (request: IncomingMessage, { novoId }: Environment): string => {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && acceptableRequestId.test(given) ? given : novoId();
};

/** Node keeps the first of several Authorization headers in silence; only the raw list shows them all. */
const bearerToken = ({ rawHeaders }: IncomingMessage): string | null => {
  const given = rawHeaders.filter(
    (_, i) => i % 2 === 1 && rawHeaders[i - 1]?.toLowerCase() === 'authorization',
  );
  if (given.length === 0) return null;
  const token = given.length === 1 ? /^bearer +(\S+)$/i.exec(given[0]!)?.[1] : undefined;
  if (!token) throw refused();
  return token;
};

const idempotencyKey = (given: string | string[] | undefined): string | null => {
  if (given === undefined) return null;
  if (typeof given === 'string' && visibleAscii.test(given)) return given;
  const mensagem = 'O cabeçalho Idempotency-Key deve ter de 1 a 255 caracteres ASCII visíveis, sem espaços.';
  throw withHttp(badUserInput([{ campo: 'Idempotency-Key', mensagem }]), 400);
};

const requestInfo = (request: FastifyRequest, { agora }: Environment): RequestInfo => {
  const { headers } = request;
  const trace = headers.traceparent;
  return {
    requestId: request.id,
    correlationId: request.id,
    traceparent: typeof trace === 'string' && traceparent.test(trace) ? trace : null,
    ip: request.socket.remoteAddress ?? null,
    userAgent: headers['user-agent']?.slice(0, longestUserAgent) ?? null,
    chaveIdempotencia: idempotencyKey(headers['idempotency-key']),
    prazo: agora().getTime() + requestTimeout,
  };
};

type Dependencies = {
  readonly verifyToken: (token: string) => Promise<Caller>;
  readonly environment: Environment;
};

/**
 * Makes what every subgraph is told of a request: who asks, from the Authorization header alone, and the
 * request's own data. No token is anonymous.
 *
 * @throws GraphQLError UNAUTHENTICATED (401) when there is a token and it is not valid, BAD_USER_INPUT (400)
 *   for an unusable `Idempotency-Key`.
 */
export const createAskingOf =
  ({ verifyToken, environment }: Dependencies) =>
  async (request: FastifyRequest): Promise<Asking> => {
    const info = requestInfo(request, environment);
    const token = bearerToken(request.raw);
    if (token === null) return { caller: null, info };
    const caller = await verifyToken(token).catch((error: unknown) => {
      throw error instanceof InvalidTokenError ? refused() : error;
    });
    return { caller, info };
  };
