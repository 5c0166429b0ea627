import type { KeysetOrder } from '../../../platform/pagination/keyset';
import type { Membro } from './membro.type';

/** Oldest first. */
export const membroOrder: KeysetOrder<Membro> = {
  nome: 'MEMBRO_CRIADO_EM_ASC',
  column: 'criadoEm',
  direction: 'asc',
  kind: 'instant',
};
