import type { ConnectionArgs } from '../../../platform/pagination/connection';
import { pageRequest } from '../../../platform/pagination/page-request';
import type { UsuariosContext } from '../context';
import { membroOrder } from './membro.orders';
import { MembroConnection, type MembroFiltro } from './membro.type';

type Dependencies = Pick<UsuariosContext, 'direitos' | 'membros'>;

/** One page of the people of the organization, the oldest first. */
export const listarMembros = async (
  { direitos, membros }: Dependencies,
  filtro: MembroFiltro,
  page: ConnectionArgs,
) => {
  direitos.podeLer();
  const request = pageRequest(page, membroOrder.nome);
  const found = await membros.listar(filtro, request);
  return new MembroConnection(found, { request, order: membroOrder }, () => membros.contar(filtro));
};
