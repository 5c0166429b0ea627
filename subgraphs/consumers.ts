import type { Consumers } from '../platform/events/routes';

/** Which subgraph wants which events of others. Who publishes has to know it, whether or not it runs who consumes. */
export const consumers: Consumers = {
  clientes: ['EquipeAlterada'],
  usuarios: ['EquipeAlterada', 'RegistroDeAuditoria'],
  vendas: ['ClienteCriado', 'ClienteAtualizado', 'ClienteExcluido', 'EquipeAlterada'],
};
