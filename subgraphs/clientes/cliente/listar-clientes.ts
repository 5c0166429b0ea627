import type { ConnectionArgs } from '../../../platform/pagination/connection';
import { positionOf } from '../../../platform/pagination/keyset';
import { toPage } from '../../../platform/pagination/page';
import { encodeCursor, pageRequest } from '../../../platform/pagination/page-request';
import type { ClientesContext } from '../context';
import type { ClienteFiltro, ClienteOrdem } from './cliente.input';
import { clienteOrders } from './cliente.orders';
import { ClienteConnection } from './cliente.type';

type Dependencies = Pick<ClientesContext, 'policy' | 'clientes'>;
type Listing = {
  readonly filtro: ClienteFiltro;
  readonly ordem: ClienteOrdem;
  readonly page: ConnectionArgs;
};

/** One page of the organization's Clientes. */
export const listarClientes = async (
  { policy, clientes }: Dependencies,
  { filtro, ordem, page }: Listing,
) => {
  policy.podeLer();
  const order = clienteOrders[ordem];
  const request = pageRequest(page, ordem);
  const found = await clientes.listar(filtro, order, request);
  return new ClienteConnection(
    toPage(found, request),
    (cliente) => encodeCursor(ordem, positionOf(cliente, order)),
    () => clientes.contar(filtro),
  );
};
