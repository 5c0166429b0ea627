import { notFound, staleVersion } from '../../../platform/errors';
import type { VendasContext } from '../context';
import { motivoPerdaAlterado } from './motivo-perda-alterado';

type Dependencies = Pick<VendasContext, 'policy' | 'unitOfWork'>;

/**
 * Undoes the exclusion of a MotivoPerda; one that is active stays as it is.
 *
 * @throws CodedError NOT_FOUND, CONFLICT when somebody changes it at the same moment.
 */
export const reativarMotivoPerda = async ({ policy, unitOfWork }: Dependencies, id: string) => {
  policy.podeConfigurar();
  return unitOfWork(async ({ motivosPerda, record }) => {
    const [antes] = await motivosPerda.porIds([id]);
    if (!antes) throw notFound('Motivo de perda', 'id');
    if (antes.ativo) return { id };
    if (!(await motivosPerda.gravar({ ...antes, ativo: true, versao: antes.versao + 1 }))) {
      throw staleVersion('Motivo de perda');
    }
    record(motivoPerdaAlterado({ acao: 'motivoPerda.reativar', id, campos: ['ativo'] }));
    return { id };
  });
};
