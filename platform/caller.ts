import type { Permissoes } from './permissions';
import { nilUuid } from './uuid';

/** Who is asking, as verified by the router. A subgraph never reads an identity from anywhere else. */
export type Caller = {
  readonly usuarioId: string;
  readonly organizacaoId: string;
  readonly sessaoId: string;
  /** By `recurso:acao`, for example `clientes:escrever`. */
  readonly permissoes: Permissoes;
  /** Ids of the equipes to which the person belongs. */
  readonly equipes: readonly string[];
};

/** What travels beside the Caller with each request, whoever asks. */
export type RequestInfo = {
  readonly requestId: string;
  /** W3C Trace Context header of this hop. */
  readonly traceparent: string | null;
  /** What tracing systems beyond ours add to it (W3C Trace Context): passed on, and looked into by nobody here. */
  readonly tracestate: string | null;
  readonly correlationId: string;
  readonly ip: string | null;
  readonly userAgent: string | null;
  /** The `Idempotency-Key` header of the request. */
  readonly chaveIdempotencia: string | null;
  /** The instant after which nobody waits for the answer any more, in milliseconds since the epoch. */
  readonly prazo: number | null;
};

/** One request as every subgraph sees it: a Caller, or null for anonymous, and its RequestInfo. */
export type Asking = { readonly caller: Caller | null; readonly info: RequestInfo };

/** The organization by which repositories filter; for anonymous, one that no row belongs to. */
export const organizationOf = (caller: Caller | null): string => caller?.organizacaoId ?? nilUuid;

/** What is told of work that no request asked for, by the id under which its traces are found. */
export const withoutRequest = (requestId: string): RequestInfo => ({
  requestId,
  correlationId: requestId,
  traceparent: null,
  tracestate: null,
  ip: null,
  userAgent: null,
  chaveIdempotencia: null,
  prazo: null,
});
