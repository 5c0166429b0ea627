import { type Permission, permissions } from '../../../platform/permissions';
import type { Perfil } from './membro.type';

/** What each perfil allows. */
export const permissoesDoPerfil: Readonly<Record<Perfil, readonly Permission[]>> = {
  ADMINISTRADOR: permissions,
};
