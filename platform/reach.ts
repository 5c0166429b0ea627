import type { Caller } from './caller';
import { type Alcance, alcances, type Permission, requireCaller, requirePermission } from './permissions';
import { nilUuid } from './uuid';

/** Whose things somebody may see or change: what is owned by themselves, by a colleague of an equipe, or anything. */
export type Reach = {
  readonly alcance: Alcance;
  readonly usuarioId: string;
  /** The Caller's equipes. */
  readonly equipes: readonly string[];
};

/** The reach of the system's own work, which nobody asked for. */
export const everywhere: Reach = { alcance: 'TODOS', usuarioId: nilUuid, equipes: [] };

/**
 * How far the Caller may go in what needs all of these permissions: as far as the narrowest goes.
 *
 * @throws CodedError UNAUTHENTICATED when nobody signed in, FORBIDDEN when the Caller lacks one of them.
 */
export const reachOf = (
  caller: Caller | null,
  first: Permission,
  ...others: readonly Permission[]
): Reach => {
  const granted = [first, ...others].map((permission) => requirePermission(caller, permission));
  const alcance = alcances.find((narrow) => granted.includes(narrow))!;
  const { usuarioId, equipes } = requireCaller(caller);
  return { alcance, usuarioId, equipes };
};

/** Tells who is in an equipe of the Caller: such a person by the id, and null for any other. */
export type Colleagues = { readonly load: (usuarioId: string) => Promise<object | null> };

/**
 * Whether something lies within a reach; what nobody owns lies only in that of all.
 *
 * @param colleagues asked only when the answer depends on it.
 */
export const reaches = async (
  { alcance, usuarioId }: Reach,
  ownerId: string | null,
  colleagues: Colleagues,
): Promise<boolean> => {
  if (alcance === 'TODOS') return true;
  if (ownerId === null || ownerId === usuarioId) return ownerId !== null;
  return alcance === 'EQUIPE' && (await colleagues.load(ownerId)) !== null;
};

/** Who owns what is created without saying whose it is: nobody, unless its creator could not see it then. */
export const defaultOwner = ({ alcance, usuarioId }: Reach): string | null =>
  alcance === 'TODOS' ? null : usuarioId;
