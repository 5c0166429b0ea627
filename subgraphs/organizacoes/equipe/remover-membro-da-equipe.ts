import { notFound } from '../../../platform/errors';
import type { OrganizacoesContext } from '../context';
import type { RemoverMembroDaEquipeInput } from './equipe.input';
import { registrarEquipe } from './registrar-equipe';

type Dependencies = Pick<OrganizacoesContext, 'policy' | 'unitOfWork'>;

/**
 * Takes a person out of an Equipe. Their own domain is not asked: somebody who has left the organization can be
 * taken out as well.
 *
 * @throws CodedError NOT_FOUND for the Equipe, and for a person who is not in it.
 */
export const removerMembroDaEquipe = async (
  { policy, unitOfWork }: Dependencies,
  { equipeId, usuarioId }: RemoverMembroDaEquipeInput,
) => {
  policy.podeAdministrarEquipes();
  return unitOfWork(async ({ equipes, membrosDaEquipe, record }) => {
    const equipe = await equipes.travar(equipeId);
    if (!equipe) throw notFound('Equipe', 'dados.equipeId');
    if (!(await membrosDaEquipe.apagar({ equipeId, usuarioId }))) {
      throw notFound('Usuário', 'dados.usuarioId');
    }
    const change = { acao: 'equipe.removerMembro', campos: ['membros'] } as const;
    await registrarEquipe({ membrosDaEquipe, record }, equipe, change);
    return { id: equipeId };
  });
};
