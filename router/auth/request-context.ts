import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { HeaderMap } from '@apollo/server';
import type { FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Asking, RequestInfo } from '../../platform/caller';
import type { Environment } from '../../platform/environment';
import { badUserInput, CodedError, unauthenticated } from '../../platform/errors';
import { traceparentOf } from '../../platform/http/request-trace';
import { isTraceparent, readTracestate } from '../../platform/trace-context';
import { InvalidTokenError } from '../../platform/verified-jwt';
import type { Revocations } from './revocations';
import type { VerifiedToken } from './verify-token';

const visibleAscii = /^[\x21-\x7e]{1,255}$/;
const longestUserAgent = 256;

const withHttp = ({ message, extensions }: CodedError, status: number, headers: [string, string][] = []) =>
  new GraphQLError(message, {
    extensions: { ...extensions, http: { status, headers: new HeaderMap(headers) } },
  });

const refused = () =>
  withHttp(unauthenticated('Sua sessão não é válida ou expirou. Entre de novo.', 'TOKEN_INVALIDO'), 401, [
    ['www-authenticate', 'Bearer error="invalid_token"'],
  ]);

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

/** Where the request comes from, as far as proxies are believed; they may pass on what is no address. */
export const clientAddress = ({ ip }: FastifyRequest): string | null => {
  // The zone of a link-local address means nothing elsewhere, and no database takes it.
  const [address = ''] = ip?.split('%') ?? [];
  return isIP(address) ? address : null;
};

const requestInfo = (
  request: FastifyRequest,
  { environment, patienceMs }: Pick<Dependencies, 'environment' | 'patienceMs'>,
): RequestInfo => {
  const { headers } = request;
  return {
    requestId: request.id,
    correlationId: request.id,
    traceparent: traceparentOf(request),
    // It belongs to the traceparent beside it.
    tracestate: isTraceparent(headers.traceparent) ? readTracestate(headers.tracestate) : null,
    ip: clientAddress(request),
    userAgent: headers['user-agent']?.slice(0, longestUserAgent) ?? null,
    chaveIdempotencia: idempotencyKey(headers['idempotency-key']),
    prazo: environment.agora().getTime() + patienceMs,
  };
};

type Dependencies = {
  readonly verifyToken: (token: string) => Promise<VerifiedToken>;
  readonly revocations: Revocations | null;
  readonly environment: Environment;
  /** How long a client is assumed to wait for an answer, in milliseconds. */
  readonly patienceMs: number;
};

/**
 * Makes what every subgraph is told of a request: who asks, from the Authorization header alone, and the
 * request's own data. No token is anonymous.
 *
 * @throws GraphQLError UNAUTHENTICATED (401) when there is a token and it is not valid, or not any more,
 *   SUBGRAPH_UNAVAILABLE (503) when nobody can tell, BAD_USER_INPUT (400) for an unusable `Idempotency-Key`.
 */
export const createAskingOf = ({ verifyToken, revocations, ...others }: Dependencies) => {
  const callerOf = async (token: string) => {
    const { caller, issuedAt } = await verifyToken(token);
    await revocations?.check(caller, issuedAt);
    return caller;
  };
  return async (request: FastifyRequest): Promise<Asking> => {
    const info = requestInfo(request, others);
    const token = bearerToken(request.raw);
    if (token === null) return { caller: null, info };
    const caller = await callerOf(token).catch((error: unknown) => {
      if (error instanceof InvalidTokenError) throw refused();
      throw error instanceof CodedError ? withHttp(error, 503) : error;
    });
    return { caller, info };
  };
};
