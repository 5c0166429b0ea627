import type { ConnectionArgs } from '../../../platform/pagination/connection';
import { positionOf } from '../../../platform/pagination/keyset';
import { toPage } from '../../../platform/pagination/page';
import { encodeCursor, pageRequest } from '../../../platform/pagination/page-request';
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
  return new HistoricoOportunidadeConnection(
    toPage(found, request),
    (acontecimento) => encodeCursor(historicoOrder.nome, positionOf(acontecimento, historicoOrder)),
    () => loaders.historicosPorOportunidade.load(oportunidadeId),
  );
};
