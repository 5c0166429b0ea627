import type { ChangeRecord } from '../../../platform/db/unit-of-work';

type Change = Pick<ChangeRecord, 'acao' | 'id' | 'campos'>;

/** A change of a Perfil, as the other domains and the audit trail hear of it. */
export const perfilAlterado = (change: Change): ChangeRecord => ({
  ...change,
  entidade: 'Perfil',
  evento: { tipo: 'PerfilAlterado', dados: { perfilId: change.id, campos: change.campos } },
});
