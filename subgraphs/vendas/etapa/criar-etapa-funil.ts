import { notFound } from '../../../platform/errors';
import { exigirVaga } from '../../../platform/exigir-vaga';
import { tidy } from '../../../platform/text';
import type { VendasContext } from '../context';
import { funilAlterado } from '../funil/funil-alterado';
import { maxEtapas } from '../limites';
import type { CriarEtapaFunilInput } from './etapa.input';
import type { EtapaFunil } from './etapa.type';

type Dependencies = Pick<VendasContext, 'policy' | 'unitOfWork' | 'environment'>;

/**
 * Adds an etapa to the end of a Funil.
 *
 * @throws CodedError NOT_FOUND for the Funil, CONFLICT when it has 100 etapas already.
 */
export const criarEtapaFunil = async (
  { policy, unitOfWork, environment }: Dependencies,
  { funilId, nome, probabilidade }: CriarEtapaFunilInput,
) => {
  policy.podeConfigurar();
  return unitOfWork(async ({ funis, etapas, record }) => {
    if (!(await funis.travar(funilId))) throw notFound('Funil', 'dados.funilId');
    const doFunil = await etapas.porFunis([funilId]);
    exigirVaga(doFunil.length, maxEtapas, 'LIMITE_DE_ETAPAS', 'etapas por funil');
    const etapa: EtapaFunil = {
      id: environment.novoId(),
      funilId,
      nome: tidy(nome),
      posicao: doFunil.filter(({ ativo }) => ativo).length + 1,
      probabilidade,
      ativo: true,
      versao: 1,
    };
    await etapas.inserir([etapa]);
    record(
      funilAlterado({
        acao: 'etapaFunil.criar',
        entidade: 'EtapaFunil',
        id: etapa.id,
        funilId,
        campos: ['etapas'],
      }),
    );
    return { id: etapa.id };
  });
};
