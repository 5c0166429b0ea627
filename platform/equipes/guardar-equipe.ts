import type { CloudEvent } from '../events/cloud-event';
import type { EquipeRepository } from './equipe.repository';

/** Notes who is in an equipe now, so that what they own lies within the reach of their colleagues. */
export const guardarEquipe = (
  { equipes }: { readonly equipes: EquipeRepository },
  { data }: CloudEvent<'EquipeAlterada'>,
): Promise<void> => equipes.gravar(data.equipeId, data.membros);
