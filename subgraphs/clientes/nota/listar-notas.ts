import type { ConnectionArgs } from '../../../platform/pagination/connection';
import { pageRequest } from '../../../platform/pagination/page-request';
import type { ClientesContext } from '../context';
import { notaOrder } from './nota.orders';
import { NotaConnection } from './nota.type';

/** One page of a Cliente's notes, newest first. */
export const listarNotas = async (
  { loaders }: Pick<ClientesContext, 'loaders'>,
  clienteId: string,
  page: ConnectionArgs,
) => {
  const request = pageRequest(page, notaOrder.nome);
  const found = await loaders.notasDoCliente.load(clienteId, request);
  return new NotaConnection(found, { request, order: notaOrder }, () =>
    loaders.notasPorCliente.load(clienteId),
  );
};
