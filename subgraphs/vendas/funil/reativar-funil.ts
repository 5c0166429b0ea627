import { notFound, staleVersion } from '../../../platform/errors';
import type { VendasContext } from '../context';
import { funilAlterado } from './funil-alterado';

type Dependencies = Pick<VendasContext, 'policy' | 'unitOfWork'>;

/**
 * Undoes the exclusion of a Funil; one that is active stays as it is.
 *
 * @throws CodedError NOT_FOUND.
 */
export const reativarFunil = async ({ policy, unitOfWork }: Dependencies, id: string) => {
  policy.podeConfigurar();
  return unitOfWork(async ({ funis, record }) => {
    const funil = await funis.travar(id);
    if (!funil) throw notFound('Funil', 'id');
    if (funil.ativo) return { id };
    if (!(await funis.gravar({ ...funil, ativo: true, versao: funil.versao + 1 })))
      throw staleVersion('Funil');
    record(funilAlterado({ acao: 'funil.reativar', entidade: 'Funil', id, funilId: id, campos: ['ativo'] }));
    return { id };
  });
};
