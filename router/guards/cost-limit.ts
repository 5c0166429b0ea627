import type { QueryLimits } from '../../platform/settings/query-limits';
import type { OperationRule } from '../operation-rules';
import type { RulesOf } from '../supergraph-rules';
import { costOfOperation } from './operation-cost';
import { refused } from './refused';

const number = new Intl.NumberFormat('pt-BR', { maximumFractionDigits: 0 });

/**
 * Refuses an operation that costs more than an operation may, by what the supergraph says of its fields.
 */
export const costLimit =
  ({ cost: max }: QueryLimits, rulesOf: RulesOf): OperationRule =>
  ({ schema, document, operation, request }) => {
    const { variables = {} } = request;
    const cost = costOfOperation({ schema, document, operation, variables }, rulesOf(schema).costs);
    if (cost <= max) return;
    throw refused(
      `A operação custa ${number.format(cost)}, e o limite é ${number.format(max)}. Peça páginas menores ou menos listas dentro de listas.`,
      'CUSTO_DEMAIS',
    );
  };
