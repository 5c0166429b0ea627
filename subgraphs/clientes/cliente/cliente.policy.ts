import type { Caller } from '../../../platform/caller';
import { requirePermission } from '../../../platform/permissions';

/** Who may do what with a Cliente. */
export const clientePolicy = (caller: Caller | null) => ({
  podeLer: () => requirePermission(caller, 'clientes:ler'),
  podeEscrever: () => requirePermission(caller, 'clientes:escrever'),
  podeExcluir: () => requirePermission(caller, 'clientes:excluir'),
});
