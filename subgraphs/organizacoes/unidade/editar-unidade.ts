import { changedFields } from '../../../platform/changed-fields';
import { notFound, refuseNulls, staleVersion } from '../../../platform/errors';
import { tidy } from '../../../platform/text';
import { enderecoArrumado } from '../../../platform/values';
import type { OrganizacoesContext } from '../context';
import type { EditarUnidadeInput } from './unidade.input';
import type { Unidade } from './unidade.type';
import { unidadeAlterada } from './unidade-alterada';

type Dependencies = Pick<OrganizacoesContext, 'policy' | 'unitOfWork'>;

const editada = (unidade: Unidade, { nome, endereco, telefone }: EditarUnidadeInput): Unidade => ({
  ...unidade,
  ...(nome && { nome: tidy(nome) }),
  ...(endereco !== undefined && { endereco: endereco && enderecoArrumado(endereco) }),
  ...(telefone !== undefined && { telefone }),
});

/**
 * Changes the given fields of a Unidade.
 *
 * @throws CodedError NOT_FOUND, CONFLICT for a stale `versao`, BAD_USER_INPUT for a name that is null.
 */
export const editarUnidade = async ({ policy, unitOfWork }: Dependencies, dados: EditarUnidadeInput) => {
  policy.podeConfigurar();
  refuseNulls(dados, ['nome']);
  const { id, versao } = dados;
  return unitOfWork(async ({ unidades, record }) => {
    const [antes] = await unidades.porIds([id]);
    if (!antes) throw notFound('Unidade', 'dados.id');
    if (versao !== antes.versao) throw staleVersion('Unidade');
    const depois = editada(antes, dados);
    const campos = changedFields(antes, depois);
    if (campos.length === 0) return { id };
    if (!(await unidades.gravar({ ...depois, versao: versao + 1 }))) throw staleVersion('Unidade');
    record(unidadeAlterada({ acao: 'unidade.editar', id, campos }));
    return { id };
  });
};
