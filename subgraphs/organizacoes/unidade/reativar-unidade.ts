import { notFound, staleVersion } from '../../../platform/errors';
import type { OrganizacoesContext } from '../context';
import { unidadeAlterada } from './unidade-alterada';

type Dependencies = Pick<OrganizacoesContext, 'policy' | 'unitOfWork'>;

/**
 * Undoes the exclusion of a Unidade; one that is active stays as it is.
 *
 * @throws CodedError NOT_FOUND, CONFLICT when somebody changes it at the same moment.
 */
export const reativarUnidade = async ({ policy, unitOfWork }: Dependencies, id: string) => {
  policy.podeConfigurar();
  return unitOfWork(async ({ unidades, record }) => {
    const [antes] = await unidades.porIds([id]);
    if (!antes) throw notFound('Unidade', 'id');
    if (antes.ativo) return { id };
    if (!(await unidades.gravar({ ...antes, ativo: true, versao: antes.versao + 1 }))) {
      throw staleVersion('Unidade');
    }
    record(unidadeAlterada({ acao: 'unidade.reativar', id, campos: ['ativo'] }));
    return { id };
  });
};
