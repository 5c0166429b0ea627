import type { KeysetOrder } from '../../../platform/pagination/keyset';
import type { Nota } from './nota.type';

/** Newest first. */
export const notaOrder: KeysetOrder<Nota> = {
  nome: 'NOTA_CRIADA_EM_DESC',
  column: 'criadoEm',
  direction: 'desc',
  kind: 'instant',
};
