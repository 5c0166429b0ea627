import { notFound } from '../../../platform/errors';
import type { OrganizacoesContext } from '../context';
import { registrarEquipe } from './registrar-equipe';

type Dependencies = Pick<OrganizacoesContext, 'policy' | 'unitOfWork'>;

/**
 * Deactivates an Equipe: for the other domains nobody is in it. One that is excluded stays as it is.
 *
 * @throws CodedError NOT_FOUND.
 */
export const excluirEquipe = async ({ policy, unitOfWork }: Dependencies, id: string) => {
  policy.podeAdministrarEquipes();
  return unitOfWork(async ({ equipes, membrosDaEquipe, record }) => {
    const antes = await equipes.travar(id);
    if (!antes) throw notFound('Equipe', 'dados.id');
    if (!antes.ativo) return { id, definitiva: false };
    const depois = { ...antes, ativo: false, versao: antes.versao + 1 };
    await equipes.gravar(depois);
    await registrarEquipe({ membrosDaEquipe, record }, depois, { acao: 'equipe.excluir', campos: ['ativo'] });
    return { id, definitiva: false };
  });
};
