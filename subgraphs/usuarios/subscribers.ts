import type { Subscribers } from '../../platform/events/subscribers';
import { guardarRegistro } from './auditoria/guardar-registro';
import type { EventRepositories } from './context';
import { acompanharEquipe } from './equipe/acompanhar-equipe';

/** What the domain of people does when other domains tell of a change. */
export const subscribers: Subscribers<EventRepositories> = {
  EquipeAlterada: acompanharEquipe,
  RegistroDeAuditoria: guardarRegistro,
};
