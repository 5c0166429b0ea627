import { badUserInput } from '../../../platform/errors';
import type { ConnectionArgs } from '../../../platform/pagination/connection';
import { pageRequest } from '../../../platform/pagination/page-request';
import type { ClientesContext } from '../context';
import type { ClienteFiltro, ClienteOrdem } from './cliente.input';
import { clienteOrders } from './cliente.orders';
import { ClienteConnection } from './cliente.type';
import { palavrasDaBusca } from './termos-de-busca';

/** Each word is a condition of its own. */
const maxWords = 8;

const exigirBuscaCurta = (busca: string | null | undefined): void => {
  if (palavrasDaBusca(busca ?? '').length <= maxWords) return;
  throw badUserInput([{ campo: 'filtro.busca', mensagem: `Busque por até ${maxWords} palavras.` }]);
};

type Dependencies = Pick<ClientesContext, 'policy' | 'clientes'>;
type Listing = {
  readonly filtro: ClienteFiltro;
  readonly ordem: ClienteOrdem;
  readonly page: ConnectionArgs;
};

/** One page of the Clientes whom the Caller may see. */
export const listarClientes = async (
  { policy, clientes }: Dependencies,
  { filtro, ordem, page }: Listing,
) => {
  const visao = { alcance: policy.podeLer(), documentos: policy.documentosVisiveis() };
  exigirBuscaCurta(filtro.busca);
  const order = clienteOrders[ordem];
  const request = pageRequest(page, ordem);
  const found = await clientes.listar(filtro, order, request, visao);
  return new ClienteConnection(found, { request, order }, () => clientes.contar(filtro, visao));
};
