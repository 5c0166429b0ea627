import { badUserInput } from '../../../platform/errors';
import type { ConnectionArgs } from '../../../platform/pagination/connection';
import { pageRequest } from '../../../platform/pagination/page-request';
import type { VendasContext } from '../context';
import type { OportunidadeFiltro, OportunidadeOrdem } from './oportunidade.filter';
import { oportunidadeOrders } from './oportunidade.orders';
import { OportunidadeConnection } from './oportunidade.type';

type Dependencies = Pick<VendasContext, 'policy' | 'oportunidades'>;
type Listing = {
  readonly filtro: OportunidadeFiltro;
  readonly ordem: OportunidadeOrdem;
  readonly page: ConnectionArgs;
};

/** Only open Oportunidades have a place, and it means something only within one etapa. */
const exigirUmaEtapa = ({ etapaId, situacao, ativo }: OportunidadeFiltro): void => {
  if (etapaId && situacao === 'ABERTA' && ativo) return;
  throw badUserInput([
    { campo: 'ordem', mensagem: 'A ordem POSICAO pede um filtro com etapaId e situacao ABERTA.' },
  ]);
};

/**
 * One page of the Oportunidades that the Caller may see.
 *
 * @throws CodedError BAD_USER_INPUT for an order by place of more than the open ones of one etapa.
 */
export const listarOportunidades = async (
  { policy, oportunidades }: Dependencies,
  { filtro, ordem, page }: Listing,
) => {
  const alcance = policy.podeLer();
  if (ordem === 'POSICAO') exigirUmaEtapa(filtro);
  const order = oportunidadeOrders[ordem];
  const request = pageRequest(page, ordem);
  const found = await oportunidades.listar(filtro, order, request, alcance);
  return new OportunidadeConnection(found, { request, order }, () => oportunidades.contar(filtro, alcance));
};
