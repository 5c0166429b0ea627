import { notFound, staleVersion } from '../../../platform/errors';
import { tidy } from '../../../platform/text';
import type { VendasContext } from '../context';
import type { EditarMotivoPerdaInput } from './motivo-perda.type';
import { motivoPerdaAlterado } from './motivo-perda-alterado';

type Dependencies = Pick<VendasContext, 'policy' | 'unitOfWork'>;

/** @throws CodedError NOT_FOUND, CONFLICT for a stale `versao`. */
export const editarMotivoPerda = async (
  { policy, unitOfWork }: Dependencies,
  { id, versao, nome }: EditarMotivoPerdaInput,
) => {
  policy.podeConfigurar();
  return unitOfWork(async ({ motivosPerda, record }) => {
    const [antes] = await motivosPerda.porIds([id]);
    if (!antes) throw notFound('Motivo de perda', 'dados.id');
    const depois = { ...antes, nome: tidy(nome), versao: antes.versao + 1 };
    if (versao !== antes.versao || !(await motivosPerda.gravar(depois))) {
      throw staleVersion('Motivo de perda');
    }
    record(motivoPerdaAlterado({ acao: 'motivoPerda.editar', id, campos: ['nome'] }));
    return { id };
  });
};
