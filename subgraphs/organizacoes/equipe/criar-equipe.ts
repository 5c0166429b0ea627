import { exigirVaga } from '../../../platform/exigir-vaga';
import { tidy } from '../../../platform/text';
import type { OrganizacoesContext } from '../context';
import { maxEquipes } from '../limites';
import type { CriarEquipeInput } from './equipe.input';
import { registrarEquipe } from './registrar-equipe';

type Dependencies = Pick<OrganizacoesContext, 'policy' | 'unitOfWork' | 'environment'>;

/** @throws CodedError CONFLICT when the organization has 200 already. */
export const criarEquipe = async (
  { policy, unitOfWork, environment }: Dependencies,
  { nome }: CriarEquipeInput,
) => {
  policy.podeAdministrarEquipes();
  const equipe = { id: environment.novoId(), nome: tidy(nome), ativo: true, versao: 1 };
  return unitOfWork(async ({ equipes, membrosDaEquipe, record }) => {
    exigirVaga(await equipes.contarTravando(), maxEquipes, 'LIMITE_DE_EQUIPES', 'equipes');
    await equipes.inserir(equipe);
    await registrarEquipe({ membrosDaEquipe, record }, equipe, { acao: 'equipe.criar', campos: ['nome'] });
    return { id: equipe.id };
  });
};
