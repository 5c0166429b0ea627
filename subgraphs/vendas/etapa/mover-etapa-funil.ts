import { badUserInput, conflict, notFound } from '../../../platform/errors';
import type { VendasContext } from '../context';
import { funilAlterado } from '../funil/funil-alterado';
import type { MoverEtapaFunilInput } from './etapa.input';
import { etapasTravadas } from './etapas-travadas';

type Dependencies = Pick<VendasContext, 'policy' | 'unitOfWork'>;

/**
 * Moves an etapa within its Funil: directly after another one, or to the beginning.
 *
 * @throws CodedError NOT_FOUND for either etapa, BAD_USER_INPUT for one after itself, CONFLICT for an
 * excluded one.
 */
export const moverEtapaFunil = async (
  { policy, unitOfWork }: Dependencies,
  { id, aposId = null }: MoverEtapaFunilInput,
) => {
  policy.podeConfigurar();
  if (aposId === id) {
    throw badUserInput([{ campo: 'dados.aposId', mensagem: 'Uma etapa não pode ficar depois de si mesma.' }]);
  }
  return unitOfWork(async ({ funis, etapas, record }) => {
    const { etapa, ativas } = await etapasTravadas({ funis, etapas }, id, 'dados.id');
    if (!etapa.ativo) throw conflict('ETAPA_EXCLUIDA', 'Esta etapa foi excluída. Reative-a antes.');
    const outras = ativas.map((ativa) => ativa.id).filter((outra) => outra !== id);
    const lugar = aposId === null ? 0 : outras.indexOf(aposId) + 1;
    if (aposId !== null && lugar === 0) throw notFound('Etapa', 'dados.aposId');
    await etapas.ordenar(outras.toSpliced(lugar, 0, id));
    const { funilId } = etapa;
    record(
      funilAlterado({ acao: 'etapaFunil.mover', entidade: 'EtapaFunil', id, funilId, campos: ['etapas'] }),
    );
    return { id };
  });
};
