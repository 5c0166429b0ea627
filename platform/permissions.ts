import type { Caller } from './caller';
import { forbidden, unauthenticated } from './errors';

/** Every permission there is, as `recurso:acao`. A perfil grants some of them; a policy asks for one. */
export const permissions = [
  'usuarios:ler',
  'clientes:ler',
  'clientes:escrever',
  'clientes:excluir',
  'vendas:ler',
  'vendas:escrever',
  'vendas:excluir',
  'vendas:configurar',
  'eventos:administrar',
] as const;

export type Permission = (typeof permissions)[number];

/** @throws CodedError UNAUTHENTICATED when nobody signed in. */
export const requireCaller = (caller: Caller | null): Caller => {
  if (!caller) throw unauthenticated();
  return caller;
};

/** @throws CodedError UNAUTHENTICATED when nobody signed in, FORBIDDEN when the Caller lacks the permission. */
export const requirePermission = (caller: Caller | null, permission: Permission): void => {
  if (!requireCaller(caller).permissoes.includes(permission)) throw forbidden();
};
