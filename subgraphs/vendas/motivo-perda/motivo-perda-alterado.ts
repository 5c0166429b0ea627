import type { ChangeRecord } from '../../../platform/db/unit-of-work';

type Change = Pick<ChangeRecord, 'acao' | 'id' | 'campos'>;

/** A change of a MotivoPerda, as the other domains hear of it. */
export const motivoPerdaAlterado = (change: Change): ChangeRecord => ({
  ...change,
  entidade: 'MotivoPerda',
  evento: { tipo: 'MotivoPerdaAlterado', dados: { motivoPerdaId: change.id, campos: change.campos } },
});
