import type { ChangeRecord } from '../../../platform/db/unit-of-work';
import type { MembroTravado } from './membro.repository';

type Change = Pick<ChangeRecord, 'acao' | 'campos'>;

/** A change of a Membro, as the other domains and the audit trail hear of it. */
export const membroAlterado = (
  { id, usuarioId }: Pick<MembroTravado, 'id' | 'usuarioId'>,
  { acao, campos }: Change,
): ChangeRecord => ({
  acao,
  campos,
  entidade: 'Membro',
  id,
  evento: { tipo: 'MembroAlterado', dados: { membroId: id, usuarioId, campos } },
});
