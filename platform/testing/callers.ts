import { randomUUID } from 'node:crypto';
import { v7 } from 'uuid';
import type { Asking, Caller, RequestInfo } from '../caller';
import { type Alcance, type Permission, type Permissoes, permissionNames } from '../permissions';

/** Grants of these permissions, all of them unless told, equally far. */
export const granting = (
  names: readonly Permission[] = permissionNames,
  alcance: Alcance = 'TODOS',
): Permissoes => Object.fromEntries(names.map((name) => [name, alcance]));

/** Somebody of an organization of their own who may do everything, except for what is given. */
export const aCaller = (given: Partial<Caller> = {}): Caller => ({
  usuarioId: v7(),
  organizacaoId: v7(),
  sessaoId: v7(),
  permissoes: granting(),
  equipes: [],
  ...given,
});

export const aRequestInfo = (given: Partial<RequestInfo> = {}): RequestInfo => ({
  requestId: randomUUID(),
  traceparent: null,
  tracestate: null,
  correlationId: randomUUID(),
  ip: '127.0.0.1',
  userAgent: 'jest',
  chaveIdempotencia: null,
  prazo: null,
  ...given,
});

export const askingAs = (caller: Caller | null, info: Partial<RequestInfo> = {}): Asking => ({
  caller,
  info: aRequestInfo(info),
});
