import { notFound, staleVersion } from '../../../platform/errors';
import { tidy } from '../../../platform/text';
import type { OrganizacoesContext } from '../context';
import type { EditarEquipeInput } from './equipe.input';
import { registrarEquipe } from './registrar-equipe';

type Dependencies = Pick<OrganizacoesContext, 'policy' | 'unitOfWork'>;

/** @throws CodedError NOT_FOUND, CONFLICT for a stale `versao`. */
export const editarEquipe = async (
  { policy, unitOfWork }: Dependencies,
  { id, versao, nome }: EditarEquipeInput,
) => {
  policy.podeAdministrarEquipes();
  return unitOfWork(async ({ equipes, membrosDaEquipe, record }) => {
    const antes = await equipes.travar(id);
    if (!antes) throw notFound('Equipe', 'dados.id');
    if (versao !== antes.versao) throw staleVersion('Equipe');
    await equipes.gravar({ ...antes, nome: tidy(nome), versao: versao + 1 });
    await registrarEquipe({ membrosDaEquipe, record }, antes, { acao: 'equipe.editar', campos: ['nome'] });
    return { id };
  });
};
