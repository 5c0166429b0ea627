import type { ConnectionArgs } from '../../../platform/pagination/connection';
import { pageRequest } from '../../../platform/pagination/page-request';
import type { OrganizacoesContext } from '../context';
import { contextoOrder } from './contexto.orders';
import { ContextoConnection } from './contexto.type';

type Dependencies = Pick<OrganizacoesContext, 'policy' | 'contextos' | 'ehDoCaller'>;

/** One page of the versions of an organization's contexto, newest first; null unless it is the Caller's. */
export const listarHistoricoDoContexto = async (
  { policy, contextos, ehDoCaller }: Dependencies,
  organizacaoId: string,
  page: ConnectionArgs,
) => {
  policy.podeLer();
  const request = pageRequest(page, contextoOrder.nome);
  if (!ehDoCaller(organizacaoId)) return null;
  const found = await contextos.listar(request);
  return new ContextoConnection(found, { request, order: contextoOrder }, contextos.contar);
};
