import type { Caller } from '../../../platform/caller';

/** Who may see whom: what somebody may not see is not there for them. */
export const usuarioPolicy = (caller: Caller | null) => ({
  veUsuario: (id: string): boolean =>
    caller !== null &&
    (caller.permissoes['usuarios:ler'] !== undefined || id.toLowerCase() === caller.usuarioId),
  veSuaOrganizacao: (): boolean => caller !== null,
});
