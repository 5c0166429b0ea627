import { conflict, notFound } from '../../../platform/errors';
import type { OrganizacoesContext } from '../context';
import { maxMembros } from '../limites';
import type { AdicionarMembroDaEquipeInput } from './equipe.input';
import { registrarEquipe } from './registrar-equipe';

type Dependencies = Pick<OrganizacoesContext, 'policy' | 'graph' | 'unitOfWork'>;

const usuario = { subgraph: 'usuarios', typeName: 'Usuario', nome: 'Usuário' };

/**
 * Puts a person of the organization into an Equipe; one who is in it stays.
 *
 * @throws CodedError FORBIDDEN with motivo ALEM_DAS_SUAS_PERMISSOES when the Caller does not reach everything, NOT_FOUND for
 * the Equipe or the person, CONFLICT when the Equipe is excluded or has 500 people.
 */
export const adicionarMembroDaEquipe = async (
  { policy, graph, unitOfWork }: Dependencies,
  { equipeId, usuarioId }: AdicionarMembroDaEquipeInput,
) => {
  policy.podeAmpliarAlcances();
  const before = () => graph.requireEntity(usuario, usuarioId, 'dados.usuarioId');
  return unitOfWork(async ({ equipes, membrosDaEquipe, record }) => {
    const equipe = await equipes.travar(equipeId);
    if (!equipe) throw notFound('Equipe', 'dados.equipeId');
    if (!equipe.ativo) throw conflict('EQUIPE_EXCLUIDA', 'Esta equipe foi excluída. Reative-a antes.');
    const membros = await membrosDaEquipe.porEquipes([equipeId]);
    if (membros.some((membro) => membro.usuarioId === usuarioId)) return { id: equipeId };
    if (membros.length >= maxMembros) {
      throw conflict('LIMITE_DE_MEMBROS', `Uma equipe pode ter até ${maxMembros} pessoas.`);
    }
    await membrosDaEquipe.inserir({ equipeId, usuarioId });
    const change = { acao: 'equipe.adicionarMembro', campos: ['membros'] } as const;
    await registrarEquipe({ membrosDaEquipe, record }, equipe, change);
    return { id: equipeId };
  }, before);
};
