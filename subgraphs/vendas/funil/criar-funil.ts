import { exigirVaga } from '../../../platform/exigir-vaga';
import { tidy } from '../../../platform/text';
import type { VendasContext } from '../context';
import type { EtapaFunil } from '../etapa/etapa.type';
import { maxFunis } from '../limites';
import type { CriarFunilInput } from './funil.input';
import type { Funil } from './funil.type';
import { funilAlterado } from './funil-alterado';

type Dependencies = Pick<VendasContext, 'policy' | 'unitOfWork' | 'environment'>;

/**
 * Creates a Funil with its etapas.
 *
 * @throws CodedError CONFLICT when the organization has 100 already.
 */
export const criarFunil = async (
  { policy, unitOfWork, environment }: Dependencies,
  { nome, etapas: novas }: CriarFunilInput,
) => {
  policy.podeConfigurar();
  const funil: Funil = {
    id: environment.novoId(),
    nome: tidy(nome),
    ativo: true,
    versao: 1,
    criadoEm: environment.agora(),
  };
  const etapasDoFunil = novas.map(
    (etapa, index): EtapaFunil => ({
      id: environment.novoId(),
      funilId: funil.id,
      nome: tidy(etapa.nome),
      posicao: index + 1,
      probabilidade: etapa.probabilidade,
      ativo: true,
      versao: 1,
    }),
  );
  return unitOfWork(async ({ funis, etapas, record }) => {
    exigirVaga(await funis.contarTravando(), maxFunis, 'LIMITE_DE_FUNIS', 'funis');
    await funis.inserir(funil);
    await etapas.inserir(etapasDoFunil);
    record(
      funilAlterado({
        acao: 'funil.criar',
        entidade: 'Funil',
        id: funil.id,
        funilId: funil.id,
        campos: ['nome', 'etapas'],
      }),
    );
    return { id: funil.id };
  });
};
