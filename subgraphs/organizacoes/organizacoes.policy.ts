import type { Caller } from '../../platform/caller';
import { requirePermission } from '../../platform/permissions';

/** Who may do what with how an organization is arranged. */
export const organizacoesPolicy = (caller: Caller | null) => ({
  podeLer: () => requirePermission(caller, 'organizacao:ler'),
  podeConfigurar: () => requirePermission(caller, 'organizacao:configurar'),
  podeAdministrarEquipes: () => requirePermission(caller, 'equipes:administrar'),
});
