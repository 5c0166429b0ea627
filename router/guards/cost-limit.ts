import type { ApolloServerPlugin } from '@apollo/server';
import type { QueryLimits } from '../../platform/settings/query-limits';
import type { RouterContext } from '../subgraph-links/gateway-data-source';
import { type FieldCosts, fieldCosts } from './field-costs';
import { costOfOperation } from './operation-cost';
import { refused } from './refused';

const number = new Intl.NumberFormat('pt-BR', { maximumFractionDigits: 0 });

/**
 * Refuses an operation that costs more than an operation may, by what the supergraph says of its fields.
 */
export const costLimit = ({ cost: max }: QueryLimits): ApolloServerPlugin<RouterContext> => {
  let costs: FieldCosts = new Map();
  return {
    serverWillStart: async () => ({
      schemaDidLoadOrUpdate: ({ apiSchema, coreSupergraphSdl = '' }) => {
        costs = fieldCosts(apiSchema, coreSupergraphSdl);
      },
    }),
    requestDidStart: async () => ({
      didResolveOperation: async ({ schema, document, operation, request }) => {
        if (!operation) return;
        const { variables = {} } = request;
        const cost = costOfOperation({ schema, document, operation, variables }, costs);
        if (cost <= max) return;
        throw refused(
          `A operação custa ${number.format(cost)}, e o limite é ${number.format(max)}. Peça páginas menores ou menos listas dentro de listas.`,
          'CUSTO_DEMAIS',
        );
      },
    }),
  };
};
