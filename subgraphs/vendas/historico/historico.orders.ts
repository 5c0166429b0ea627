import type { KeysetOrder } from '../../../platform/pagination/keyset';
import type { HistoricoOportunidade } from './historico.type';

/** Newest first. */
export const historicoOrder: KeysetOrder<HistoricoOportunidade> = {
  nome: 'HISTORICO_EM_DESC',
  column: 'em',
  direction: 'desc',
  kind: 'instant',
};
