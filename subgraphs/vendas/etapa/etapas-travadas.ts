import { notFound } from '../../../platform/errors';
import type { Repositories } from '../context';

/**
 * An etapa with all those of its funil, locked: nothing of the funil changes until the transaction ends.
 *
 * @throws CodedError NOT_FOUND, naming the field.
 */
export const etapasTravadas = async (
  { funis, etapas }: Pick<Repositories, 'funis' | 'etapas'>,
  id: string,
  campo: string,
) => {
  const [vista] = await etapas.porIds([id]);
  if (!vista) throw notFound('Etapa', campo);
  await funis.travar(vista.funilId);
  const doFunil = await etapas.travarDoFunil(vista.funilId);
  const etapa = doFunil.find((outra) => outra.id === id);
  if (!etapa) throw notFound('Etapa', campo);
  return { etapa, ativas: doFunil.filter(({ ativo }) => ativo) };
};
