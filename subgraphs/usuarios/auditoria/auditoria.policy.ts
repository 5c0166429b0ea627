import type { Caller } from '../../../platform/caller';
import { requireCaller, requirePermission } from '../../../platform/permissions';

/** Who may see what happened in the organization, and whether the records of it are what they were. */
export const auditoriaPolicy = (caller: Caller | null) => ({
  podeLer: (): Caller => {
    requirePermission(caller, 'auditoria:ler');
    return requireCaller(caller);
  },
});
