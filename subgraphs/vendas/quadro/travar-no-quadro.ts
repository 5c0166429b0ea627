import { notFound, staleVersion } from '../../../platform/errors';
import type { Reach } from '../../../platform/reach';
import type { Repositories } from '../context';
import type { EtapaFunil } from '../etapa/etapa.type';
import type { Oportunidade } from '../oportunidade/oportunidade.type';

type Place = {
  readonly id: string;
  readonly campo: string;
  readonly paraEtapaId?: string;
  readonly alcance: Reach;
};
type Locked = { readonly oportunidade: Oportunidade; readonly destino: EtapaFunil };

/**
 * Locks an Oportunidade that is to get a place on the board, with the etapa where it is and the one where
 * it goes (the same, unless told). Etapas come first, here and everywhere: who holds an Oportunidade never
 * waits for an etapa.
 *
 * @throws CodedError NOT_FOUND, CONFLICT when somebody moves it to another etapa at the same moment.
 */
export const travarNoQuadro = async (
  { oportunidades, etapas }: Pick<Repositories, 'oportunidades' | 'etapas'>,
  { id, campo, paraEtapaId, alcance }: Place,
): Promise<Locked> => {
  const [vista] = await oportunidades.porIds([id], alcance);
  if (!vista) throw notFound('Oportunidade', campo);
  const destinoId = paraEtapaId ?? vista.etapaId;
  const travadas = await etapas.travar([vista.etapaId, destinoId]);
  const oportunidade = await oportunidades.travar(id, alcance);
  if (!oportunidade) throw notFound('Oportunidade', campo);
  if (oportunidade.etapaId !== vista.etapaId) throw staleVersion('Oportunidade');
  const destino = travadas.find((etapa) => etapa.id === destinoId);
  if (!destino) throw notFound('Etapa', 'dados.etapaId');
  return { oportunidade, destino };
};
