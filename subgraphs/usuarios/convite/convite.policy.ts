import type { Caller } from '../../../platform/caller';
import { requireCaller, requirePermission } from '../../../platform/permissions';

/** Who may invite, and see and change invitations. */
export const convitePolicy = (caller: Caller | null) => ({
  podeConvidar: (): Caller => {
    requirePermission(caller, 'usuarios:convidar');
    return requireCaller(caller);
  },
});
