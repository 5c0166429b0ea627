import { generateKeyBetween } from 'fractional-indexing';
import type { Lugar, QuadroRepository } from './quadro.repository';

/** Keys grow by a character for every six cards put at the same spot; an index entry has its limits. */
const longestKey = 100;

/**
 * The fractional index that puts a card in its place; null when `apos` is no card of the etapa within reach. The etapa
 * must be locked.
 */
export const posicaoPara = async (
  quadro: Pick<QuadroRepository, 'vizinhas' | 'renumerar'>,
  lugar: Lugar,
): Promise<string | null> => {
  const vizinhas = await quadro.vizinhas(lugar);
  if (!vizinhas) return null;
  const posicao = generateKeyBetween(vizinhas.acima, vizinhas.abaixo);
  if (posicao.length <= longestKey) return posicao;
  await quadro.renumerar(lugar.etapaId);
  return posicaoPara(quadro, lugar);
};
