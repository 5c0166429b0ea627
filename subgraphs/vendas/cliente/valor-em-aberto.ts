import { conflict } from '../../../platform/errors';
import { centavosToJson } from '../../../platform/scalars/centavos';
import type { Dinheiro } from '../../../platform/values';
import type { VendasContext } from '../context';

/**
 * What a Cliente's open Oportunidades add up to, in each currency.
 *
 * @throws CodedError CONFLICT when a total is more than the graph can express (2^53 - 1 centavos).
 */
export const valorEmAberto = async (
  { policy, loaders }: Pick<VendasContext, 'policy' | 'loaders'>,
  clienteId: string,
): Promise<Dinheiro[]> => {
  policy.podeLer();
  const totais = (await loaders.valorEmAberto.load(clienteId)).map(({ total }) => total);
  if (totais.some(({ centavos }) => centavosToJson(centavos) === null)) {
    throw conflict('TOTAL_ALEM_DO_LIMITE', 'A soma passa da maior quantia que se pode expressar.');
  }
  return totais;
};
