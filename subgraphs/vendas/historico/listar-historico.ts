import type { ConnectionArgs } from '../../../platform/pagination/connection';
import { pageRequest } from '../../../platform/pagination/page-request';
import type { VendasContext } from '../context';
import { historicoOrder } from './historico.orders';
import { HistoricoOportunidadeConnection } from './historico.type';

/** One page of what happened to an Oportunidade, newest first. */
export const listarHistorico = async (
  { loaders }: Pick<VendasContext, 'loaders'>,
  oportunidadeId: string,
  page: ConnectionArgs,
) => {
  const request = pageRequest(page, historicoOrder.nome);
  const found = await loaders.historicoDaOportunidade.load(oportunidadeId, request);
  return new HistoricoOportunidadeConnection(found, { request, order: historicoOrder }, () =>
    loaders.historicosPorOportunidade.load(oportunidadeId),
  );
};
