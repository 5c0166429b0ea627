import type { ChangeRecord } from '../../../platform/db/unit-of-work';

type Change = Pick<ChangeRecord, 'acao' | 'entidade' | 'id' | 'campos'> & { readonly funilId: string };

/** A change of a Funil, or of one of its etapas, as the other domains hear of it. */
export const funilAlterado = ({ funilId, ...change }: Change): ChangeRecord => ({
  ...change,
  agregadoId: funilId,
  evento: { tipo: 'FunilAlterado', dados: { funilId, campos: change.campos } },
});
