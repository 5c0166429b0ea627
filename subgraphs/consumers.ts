import type { Consumers } from '../platform/events/routes';

/** Which subgraph wants which events of others. Who publishes has to know it, whether or not it runs who consumes. */
export const consumers: Consumers = {
  vendas: ['ClienteCriado', 'ClienteAtualizado', 'ClienteExcluido'],
};
