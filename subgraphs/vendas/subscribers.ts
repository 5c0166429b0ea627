import { guardarEquipe } from '../../platform/equipes/guardar-equipe';
import type { Subscribers } from '../../platform/events/subscribers';
import { cancelarOportunidadesDoCliente } from './cliente/cancelar-oportunidades-do-cliente';
import { reabrirOportunidadesDoCliente } from './cliente/reabrir-oportunidades-do-cliente';
import { registrarCliente } from './cliente/registrar-cliente';
import type { Repositories } from './context';

/** What sales does when other domains tell of a change. */
export const subscribers: Subscribers<Repositories> = {
  ClienteCriado: registrarCliente,
  ClienteAtualizado: reabrirOportunidadesDoCliente,
  ClienteExcluido: cancelarOportunidadesDoCliente,
  EquipeAlterada: guardarEquipe,
};
