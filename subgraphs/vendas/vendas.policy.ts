import type { Caller } from '../../platform/caller';
import { requirePermission } from '../../platform/permissions';

/** Who may do what in sales. */
export const vendasPolicy = (caller: Caller | null) => ({
  podeLer: () => requirePermission(caller, 'vendas:ler'),
  podeEscrever: () => requirePermission(caller, 'vendas:escrever'),
  podeExcluir: () => requirePermission(caller, 'vendas:excluir'),
  podeConfigurar: () => requirePermission(caller, 'vendas:configurar'),
});
