import { notFound } from '../../../platform/errors';
import type { OrganizacoesContext } from '../context';
import { registrarEquipe } from './registrar-equipe';

type Dependencies = Pick<OrganizacoesContext, 'policy' | 'unitOfWork'>;

/**
 * Undoes the exclusion of an Equipe, with all who were in it; one that is active stays as it is.
 *
 * @throws CodedError FORBIDDEN with motivo ALEM_DAS_SUAS_PERMISSOES when the Caller does not reach everything, NOT_FOUND.
 */
export const reativarEquipe = async ({ policy, unitOfWork }: Dependencies, id: string) => {
  policy.podeAmpliarAlcances();
  return unitOfWork(async ({ equipes, membrosDaEquipe, record }) => {
    const antes = await equipes.travar(id);
    if (!antes) throw notFound('Equipe', 'id');
    if (antes.ativo) return { id };
    const depois = { ...antes, ativo: true, versao: antes.versao + 1 };
    await equipes.gravar(depois);
    await registrarEquipe({ membrosDaEquipe, record }, depois, {
      acao: 'equipe.reativar',
      campos: ['ativo'],
    });
    return { id };
  });
};
