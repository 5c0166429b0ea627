import { guardarEquipe } from '../../platform/equipes/guardar-equipe';
import type { Subscribers } from '../../platform/events/subscribers';
import type { Repositories } from './context';

/** What happens to Clientes when other domains tell of a change. */
export const subscribers: Subscribers<Repositories> = {
  EquipeAlterada: guardarEquipe,
};
