import type { Caller } from '../../platform/caller';
import { requirePermission } from '../../platform/permissions';
import { reachOf } from '../../platform/reach';

/** Who may do what in sales: with which Oportunidades, those of the reach that is answered. */
export const vendasPolicy = (caller: Caller | null) => ({
  podeLer: () => reachOf(caller, 'vendas:ler'),
  podeEscrever: () => reachOf(caller, 'vendas:escrever', 'vendas:ler'),
  podeExcluir: () => reachOf(caller, 'vendas:excluir', 'vendas:ler'),
  podeConfigurar: () => requirePermission(caller, 'vendas:configurar'),
});
