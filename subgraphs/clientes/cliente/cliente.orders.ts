import type { KeysetOrder } from '../../../platform/pagination/keyset';
import type { ClienteOrdem } from './cliente.input';
import type { Cliente } from './cliente.type';

/** The column and direction behind each order that a client may ask for. */
export const clienteOrders: Record<ClienteOrdem, KeysetOrder<Cliente>> = {
  NOME_ASC: { nome: 'NOME_ASC', column: 'nomeOrdem', direction: 'asc', kind: 'text' },
  NOME_DESC: { nome: 'NOME_DESC', column: 'nomeOrdem', direction: 'desc', kind: 'text' },
  CRIADO_EM_ASC: { nome: 'CRIADO_EM_ASC', column: 'criadoEm', direction: 'asc', kind: 'instant' },
  CRIADO_EM_DESC: { nome: 'CRIADO_EM_DESC', column: 'criadoEm', direction: 'desc', kind: 'instant' },
  ATUALIZADO_EM_ASC: { nome: 'ATUALIZADO_EM_ASC', column: 'atualizadoEm', direction: 'asc', kind: 'instant' },
  ATUALIZADO_EM_DESC: {
    nome: 'ATUALIZADO_EM_DESC',
    column: 'atualizadoEm',
    direction: 'desc',
    kind: 'instant',
  },
};
