import { changedFields } from '../../../platform/changed-fields';
import { notFound, staleVersion } from '../../../platform/errors';
import { tidy } from '../../../platform/text';
import type { OrganizacoesContext } from '../context';
import type { EditarEquipeInput } from './equipe.input';

type Dependencies = Pick<OrganizacoesContext, 'policy' | 'unitOfWork'>;

/**
 * Changes the name of an Equipe. No other domain knows it, so none is told.
 *
 * @throws CodedError NOT_FOUND, CONFLICT for a stale `versao`.
 */
export const editarEquipe = async (
  { policy, unitOfWork }: Dependencies,
  { id, versao, nome }: EditarEquipeInput,
) => {
  policy.podeAdministrarEquipes();
  return unitOfWork(async ({ equipes, record }) => {
    const antes = await equipes.travar(id);
    if (!antes) throw notFound('Equipe', 'dados.id');
    if (versao !== antes.versao) throw staleVersion('Equipe');
    const depois = { ...antes, nome: tidy(nome) };
    const campos = changedFields(antes, depois);
    if (campos.length === 0) return { id };
    await equipes.gravar({ ...depois, versao: versao + 1 });
    record({ acao: 'equipe.editar', entidade: 'Equipe', id, campos });
    return { id };
  });
};
