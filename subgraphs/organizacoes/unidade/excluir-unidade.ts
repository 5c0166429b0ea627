import { notFound, staleVersion } from '../../../platform/errors';
import type { OrganizacoesContext } from '../context';
import { unidadeAlterada } from './unidade-alterada';

type Dependencies = Pick<OrganizacoesContext, 'policy' | 'unitOfWork'>;

/**
 * Deactivates a Unidade; one that is excluded stays as it is.
 *
 * @throws CodedError NOT_FOUND, CONFLICT when somebody changes it at the same moment.
 */
export const excluirUnidade = async ({ policy, unitOfWork }: Dependencies, id: string) => {
  policy.podeConfigurar();
  return unitOfWork(async ({ unidades, record }) => {
    const [antes] = await unidades.porIds([id]);
    if (!antes) throw notFound('Unidade', 'dados.id');
    if (!antes.ativo) return { id, definitiva: false };
    if (!(await unidades.gravar({ ...antes, ativo: false, versao: antes.versao + 1 }))) {
      throw staleVersion('Unidade');
    }
    record(unidadeAlterada({ acao: 'unidade.excluir', id, campos: ['ativo'] }));
    return { id, definitiva: false };
  });
};
