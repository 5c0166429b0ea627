import { exigirVaga } from '../../../platform/exigir-vaga';
import { tidy } from '../../../platform/text';
import type { VendasContext } from '../context';
import { maxMotivosPerda } from '../limites';
import type { CriarMotivoPerdaInput } from './motivo-perda.type';
import { motivoPerdaAlterado } from './motivo-perda-alterado';

type Dependencies = Pick<VendasContext, 'policy' | 'unitOfWork' | 'environment'>;

/** @throws CodedError CONFLICT when the organization has 100 already. */
export const criarMotivoPerda = async (
  { policy, unitOfWork, environment }: Dependencies,
  { nome }: CriarMotivoPerdaInput,
) => {
  policy.podeConfigurar();
  const id = environment.novoId();
  return unitOfWork(async ({ motivosPerda, record }) => {
    const existentes = await motivosPerda.contarTravando();
    exigirVaga(existentes, maxMotivosPerda, 'LIMITE_DE_MOTIVOS', 'motivos de perda');
    await motivosPerda.inserir({ id, nome: tidy(nome), ativo: true, versao: 1 });
    record(motivoPerdaAlterado({ acao: 'motivoPerda.criar', id, campos: ['nome'] }));
    return { id };
  });
};
