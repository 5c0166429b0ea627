import type { CloudEvent } from '../../../platform/events/cloud-event';
import type { EventTransaction } from '../../../platform/events/subscribers';
import type { EventRepositories } from '../context';

type Dependencies = Pick<
  EventTransaction<EventRepositories>,
  'equipes' | 'membros' | 'revogacoes' | 'environment'
>;

/**
 * Notes who is in an equipe now, and refuses the access tokens of those who entered or left it: their next ones say so.
 * Whoever does not belong to the organization has no token that could.
 */
export const acompanharEquipe = async (
  { equipes, membros, revogacoes, environment }: Dependencies,
  { data, organizacaoid }: CloudEvent<'EquipeAlterada'>,
): Promise<void> => {
  const antes = new Set(await equipes.pessoasDe(data.equipeId));
  const depois = new Set(data.membros);
  const mudaram = [...antes, ...depois].filter((id) => !(antes.has(id) && depois.has(id)));
  const travados = await membros.travarDasPessoas(mudaram);
  await equipes.gravar(data.equipeId, data.membros);
  await revogacoes.registrar(
    travados.map((usuarioId) => ({ usuarioId, organizacaoId: organizacaoid })),
    environment.agora(),
  );
};
