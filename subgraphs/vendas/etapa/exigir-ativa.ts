import { conflict } from '../../../platform/errors';
import type { Repositories } from '../context';
import type { EtapaFunil } from './etapa.type';

/**
 * An etapa takes Oportunidades only while it and its Funil are active; it must be locked for that to last.
 *
 * @throws CodedError CONFLICT when it or its Funil is excluded.
 */
export const exigirAtiva = async (
  { funis }: Pick<Repositories, 'funis'>,
  { funilId, ativo }: EtapaFunil,
): Promise<void> => {
  const [funil] = await funis.porIds([funilId]);
  if (!funil?.ativo) throw conflict('FUNIL_EXCLUIDO', 'Este funil foi excluído. Reative-o antes.');
  if (!ativo) throw conflict('ETAPA_EXCLUIDA', 'Esta etapa foi excluída. Reative-a ou escolha outra.');
};
