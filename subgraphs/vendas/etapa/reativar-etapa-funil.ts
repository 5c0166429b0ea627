import { staleVersion } from '../../../platform/errors';
import type { VendasContext } from '../context';
import { funilAlterado } from '../funil/funil-alterado';
import { etapasTravadas } from './etapas-travadas';

type Dependencies = Pick<VendasContext, 'policy' | 'unitOfWork'>;

/**
 * Undoes the exclusion of an etapa, which goes to the end of its Funil; one that is active stays as it is.
 *
 * @throws CodedError NOT_FOUND.
 */
export const reativarEtapaFunil = async ({ policy, unitOfWork }: Dependencies, id: string) => {
  policy.podeConfigurar();
  return unitOfWork(async ({ funis, etapas, record }) => {
    const { etapa, ativas } = await etapasTravadas({ funis, etapas }, id, 'id');
    if (etapa.ativo) return { id };
    if (!(await etapas.gravar({ ...etapa, ativo: true, versao: etapa.versao + 1 }))) {
      throw staleVersion('Etapa');
    }
    await etapas.ordenar([...ativas.map((ativa) => ativa.id), id]);
    const { funilId } = etapa;
    record(
      funilAlterado({ acao: 'etapaFunil.reativar', entidade: 'EtapaFunil', id, funilId, campos: ['etapas'] }),
    );
    return { id };
  });
};
