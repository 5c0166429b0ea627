import type { Transaction } from '../../../platform/db/unit-of-work';
import type { Repositories } from '../context';
import type { Equipe } from './equipe.type';

type Dependencies = Pick<Transaction<Repositories>, 'membrosDaEquipe' | 'record'>;

type Change = {
  /** For the audit trail. */
  readonly acao: `equipe.${string}`;
  readonly campos: readonly string[];
};

/**
 * Records a change of an Equipe with all who are in it now, as the other domains hear of it. The Equipe must be
 * locked: then what they hear is in the order in which it happened.
 */
export const registrarEquipe = async (
  { membrosDaEquipe, record }: Dependencies,
  { id, ativo }: Pick<Equipe, 'id' | 'ativo'>,
  change: Change,
): Promise<void> => {
  const membros = ativo ? await membrosDaEquipe.porEquipes([id]) : [];
  record({
    ...change,
    entidade: 'Equipe',
    id,
    evento: {
      tipo: 'EquipeAlterada',
      dados: { equipeId: id, membros: membros.map(({ usuarioId }) => usuarioId) },
    },
  });
};
