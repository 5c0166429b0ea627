import { notFound, staleVersion } from '../../../platform/errors';
import { tidy } from '../../../platform/text';
import type { VendasContext } from '../context';
import { funilAlterado } from '../funil/funil-alterado';
import type { EditarEtapaFunilInput } from './etapa.input';

type Dependencies = Pick<VendasContext, 'policy' | 'unitOfWork'>;

/** @throws CodedError NOT_FOUND, CONFLICT for a stale `versao`. */
export const editarEtapaFunil = async (
  { policy, unitOfWork }: Dependencies,
  { id, versao, nome, probabilidade }: EditarEtapaFunilInput,
) => {
  policy.podeConfigurar();
  return unitOfWork(async ({ etapas, record }) => {
    const [antes] = await etapas.porIds([id]);
    if (!antes) throw notFound('Etapa', 'dados.id');
    const depois = { ...antes, nome: tidy(nome), probabilidade, versao: antes.versao + 1 };
    if (versao !== antes.versao || !(await etapas.gravar(depois))) throw staleVersion('Etapa');
    const { funilId } = depois;
    record(
      funilAlterado({ acao: 'etapaFunil.editar', entidade: 'EtapaFunil', id, funilId, campos: ['etapas'] }),
    );
    return { id };
  });
};
