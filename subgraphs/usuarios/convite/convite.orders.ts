import type { KeysetOrder } from '../../../platform/pagination/keyset';
import type { Convite } from './convite.type';

/** Newest first. */
export const conviteOrder: KeysetOrder<Pick<Convite, 'id' | 'criadoEm'>> = {
  nome: 'CONVITE_CRIADO_EM_DESC',
  column: 'criadoEm',
  direction: 'desc',
  kind: 'instant',
};
