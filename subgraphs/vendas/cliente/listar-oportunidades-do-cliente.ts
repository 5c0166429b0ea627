import type { ConnectionArgs } from '../../../platform/pagination/connection';
import { pageRequest } from '../../../platform/pagination/page-request';
import type { VendasContext } from '../context';
import { oportunidadeOrders } from '../oportunidade/oportunidade.orders';
import { OportunidadeConnection } from '../oportunidade/oportunidade.type';

const newestFirst = oportunidadeOrders.CRIADA_EM_DESC;

/** One page of a Cliente's Oportunidades, newest first. */
export const listarOportunidadesDoCliente = async (
  { policy, loaders }: Pick<VendasContext, 'policy' | 'loaders'>,
  clienteId: string,
  page: ConnectionArgs,
) => {
  policy.podeLer();
  const request = pageRequest(page, newestFirst.nome);
  const found = await loaders.oportunidadesDoCliente.load(clienteId, request);
  return new OportunidadeConnection(found, { request, order: newestFirst }, () =>
    loaders.oportunidadesPorCliente.load(clienteId),
  );
};
