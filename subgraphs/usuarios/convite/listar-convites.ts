import type { ConnectionArgs } from '../../../platform/pagination/connection';
import { pageRequest } from '../../../platform/pagination/page-request';
import type { UsuariosContext } from '../context';
import { conviteOrder } from './convite.orders';
import { toConvite } from './convite.rules';
import { ConviteConnection } from './convite.type';

type Dependencies = Pick<UsuariosContext, 'convitePolicy' | 'convites' | 'environment'>;

/** One page of the invitations to the organization, newest first, whatever was made of them. */
export const listarConvites = async (
  { convitePolicy, convites, environment }: Dependencies,
  page: ConnectionArgs,
) => {
  convitePolicy.podeConvidar();
  const request = pageRequest(page, conviteOrder.nome);
  const agora = environment.agora();
  const found = (await convites.listar(request)).map((convite) => toConvite(convite, agora));
  return new ConviteConnection(found, { request, order: conviteOrder }, convites.contar);
};
