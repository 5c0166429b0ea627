import { v7 } from 'uuid';
import { runInScope } from '../../platform/db/scope';
import type { RawSql } from '../../platform/db/unit-of-work';
import { applyEvent, type EventDatabase } from '../../platform/events/apply-event';
import type { Subscribers } from '../../platform/events/subscribers';
import { anEvent } from '../../platform/events/testing/cloud-events';
import { type Alcance, type Permission, permissionNames } from '../../platform/permissions';
import { aCaller, granting } from '../../platform/testing/callers';

/** Tells a domain who is in an equipe, as organizacoes would, one event after the other. */
export const createEquipeTeller = <Tx extends RawSql, Repositories extends object>(
  database: EventDatabase<Tx, Repositories>,
  subscribers: Subscribers<Repositories>,
) => {
  const sequences = new Map<string, number>();
  return async (organizacaoId: string, equipeId: string, membros: readonly string[]): Promise<void> => {
    const key = `${organizacaoId} ${equipeId}`;
    const sequence = (sequences.get(key) ?? 0) + 1;
    sequences.set(key, sequence);
    const event = anEvent<'EquipeAlterada'>({
      type: 'EquipeAlterada',
      source: '/teia/organizacoes',
      subject: `Equipe/${equipeId}`,
      data: { equipeId, membros },
      sequence: `${sequence}`,
      organizacaoid: organizacaoId,
    });
    await runInScope({ role: 'inquilino', organizacaoId }, () => applyEvent(database, subscribers, event));
  };
};

/** Whose a thing is, seen from somebody: their own, a colleague's, a stranger's of the same organization, or nobody's. */
export const donos = ['eu', 'colega', 'estranho', 'ninguem'] as const;
export type Dono = (typeof donos)[number];

/** Whose things each reach takes in. */
export const alcancados: Readonly<Record<Alcance, readonly Dono[]>> = {
  PROPRIOS: ['eu'],
  EQUIPE: ['eu', 'colega'],
  TODOS: donos,
};

/** The people of a new organization. */
export const novaGente = () => {
  const organizacaoId = v7();
  const equipeId = v7();
  const pessoas: Readonly<Record<Dono, string | null>> = {
    eu: v7(),
    colega: v7(),
    estranho: v7(),
    ninguem: null,
  };
  /** `eu` with all permissions as far as told, except for what is given. */
  const quem = (alcance: Alcance, given: Partial<Record<Permission, Alcance | undefined>> = {}) =>
    aCaller({
      organizacaoId,
      usuarioId: pessoas.eu!,
      equipes: [equipeId],
      permissoes: { ...granting(permissionNames, alcance), ...given },
    });
  return { organizacaoId, equipeId, pessoas, quem };
};
