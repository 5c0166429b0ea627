import { conflict, staleVersion } from '../../../platform/errors';
import type { VendasContext } from '../context';
import { funilAlterado } from '../funil/funil-alterado';
import { etapasTravadas } from './etapas-travadas';

type Dependencies = Pick<VendasContext, 'policy' | 'unitOfWork'>;

/**
 * Deactivates an etapa; what was won or lost in it stays.
 *
 * @throws CodedError NOT_FOUND, CONFLICT while it has open Oportunidades or is the last of its Funil.
 */
export const excluirEtapaFunil = async ({ policy, unitOfWork }: Dependencies, id: string) => {
  policy.podeConfigurar();
  return unitOfWork(async ({ funis, etapas, quadro, record }) => {
    const { etapa, ativas } = await etapasTravadas({ funis, etapas }, id, 'dados.id');
    if (!etapa.ativo) return { id, definitiva: false };
    if ((await quadro.contar([id])) > 0) {
      throw conflict(
        'ETAPA_EM_USO',
        'Esta etapa tem oportunidades abertas. Mova-as ou encerre-as antes de a excluir.',
      );
    }
    if (ativas.length === 1) throw conflict('ULTIMA_ETAPA', 'Um funil precisa de ao menos uma etapa.');
    if (!(await etapas.gravar({ ...etapa, ativo: false, versao: etapa.versao + 1 }))) {
      throw staleVersion('Etapa');
    }
    await etapas.ordenar(ativas.map((ativa) => ativa.id).filter((outra) => outra !== id));
    const { funilId } = etapa;
    record(
      funilAlterado({ acao: 'etapaFunil.excluir', entidade: 'EtapaFunil', id, funilId, campos: ['etapas'] }),
    );
    return { id, definitiva: false };
  });
};
