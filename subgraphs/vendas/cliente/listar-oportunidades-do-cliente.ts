import type { ConnectionArgs } from '../../../platform/pagination/connection';
import { positionOf } from '../../../platform/pagination/keyset';
import { toPage } from '../../../platform/pagination/page';
import { encodeCursor, pageRequest } from '../../../platform/pagination/page-request';
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
  return new OportunidadeConnection(
    toPage(found, request),
    (oportunidade) => encodeCursor(newestFirst.nome, positionOf(oportunidade, newestFirst)),
    () => loaders.oportunidadesPorCliente.load(clienteId),
  );
};
