import type { Caller } from '../../../platform/caller';
import { requireCaller, requirePermission } from '../../../platform/permissions';

/** Who may see and change what others may do; what is asked of the token here is asked again in the transaction. */
export const direitosPolicy = (caller: Caller | null) => ({
  podeLer: () => {
    requirePermission(caller, 'usuarios:ler');
  },
  podeAdministrarPerfis: (): Caller => {
    requirePermission(caller, 'perfis:administrar');
    return requireCaller(caller);
  },
  podeAdministrarMembros: (): Caller => {
    requirePermission(caller, 'usuarios:administrar');
    return requireCaller(caller);
  },
});
