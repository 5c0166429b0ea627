import type { KeysetOrder } from '../../../platform/pagination/keyset';
import type { OportunidadeOrdem } from './oportunidade.filter';
import type { Oportunidade } from './oportunidade.type';

/** The column and direction behind each order that a client may ask for. */
export const oportunidadeOrders: Record<OportunidadeOrdem, KeysetOrder<Oportunidade>> = {
  CRIADA_EM_DESC: { nome: 'CRIADA_EM_DESC', column: 'criadoEm', direction: 'desc', kind: 'instant' },
  CRIADA_EM_ASC: { nome: 'CRIADA_EM_ASC', column: 'criadoEm', direction: 'asc', kind: 'instant' },
  POSICAO: { nome: 'POSICAO', column: 'posicao', direction: 'asc', kind: 'text' },
};
