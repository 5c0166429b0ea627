import { notFound, staleVersion } from '../../../platform/errors';
import type { VendasContext } from '../context';
import { motivoPerdaAlterado } from './motivo-perda-alterado';

type Dependencies = Pick<VendasContext, 'policy' | 'unitOfWork'>;

/**
 * Deactivates a MotivoPerda; Oportunidades lost for it keep it.
 *
 * @throws CodedError NOT_FOUND, CONFLICT when somebody changes it at the same moment.
 */
export const excluirMotivoPerda = async ({ policy, unitOfWork }: Dependencies, id: string) => {
  policy.podeConfigurar();
  return unitOfWork(async ({ motivosPerda, record }) => {
    const [antes] = await motivosPerda.porIds([id]);
    if (!antes) throw notFound('Motivo de perda', 'dados.id');
    if (!antes.ativo) return { id, definitiva: false };
    if (!(await motivosPerda.gravar({ ...antes, ativo: false, versao: antes.versao + 1 }))) {
      throw staleVersion('Motivo de perda');
    }
    record(motivoPerdaAlterado({ acao: 'motivoPerda.excluir', id, campos: ['ativo'] }));
    return { id, definitiva: false };
  });
};
