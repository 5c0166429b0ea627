import type { KeysetOrder } from '../../../platform/pagination/keyset';
import type { Contexto } from './contexto.type';

/** Newest first. */
export const contextoOrder: KeysetOrder<Contexto> = {
  nome: 'CONTEXTO_ATUALIZADO_EM_DESC',
  column: 'atualizadoEm',
  direction: 'desc',
  kind: 'instant',
};
