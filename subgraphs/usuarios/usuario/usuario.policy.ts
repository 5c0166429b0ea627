import type { Caller } from '../../../platform/caller';
import { requireCaller, requirePermission } from '../../../platform/permissions';

/** Who may see whom. */
export const usuarioPolicy = (caller: Caller | null) => ({
  podeLerUsuarios: () => requirePermission(caller, 'usuarios:ler'),
  podeLerSuaOrganizacao: () => {
    requireCaller(caller);
  },
});
