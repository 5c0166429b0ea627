import type { ChangeRecord } from '../../../platform/db/unit-of-work';

type Change = Pick<ChangeRecord, 'acao' | 'id' | 'campos'>;

/** A change of a Unidade, as the other domains hear of it. */
export const unidadeAlterada = (change: Change): ChangeRecord => ({
  ...change,
  entidade: 'Unidade',
  evento: { tipo: 'UnidadeAlterada', dados: { unidadeId: change.id, campos: change.campos } },
});
