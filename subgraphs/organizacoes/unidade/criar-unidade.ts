import { exigirVaga } from '../../../platform/exigir-vaga';
import { tidy } from '../../../platform/text';
import { enderecoArrumado } from '../../../platform/values';
import type { OrganizacoesContext } from '../context';
import { maxUnidades } from '../limites';
import type { CriarUnidadeInput } from './unidade.input';
import { unidadeAlterada } from './unidade-alterada';

type Dependencies = Pick<OrganizacoesContext, 'policy' | 'unitOfWork' | 'environment'>;

/** @throws CodedError CONFLICT when the organization has 500 already. */
export const criarUnidade = async (
  { policy, unitOfWork, environment }: Dependencies,
  dados: CriarUnidadeInput,
) => {
  policy.podeConfigurar();
  const { nome, endereco, telefone = null } = dados;
  const id = environment.novoId();
  return unitOfWork(async ({ unidades, record }) => {
    exigirVaga(await unidades.contarTravando(), maxUnidades, 'LIMITE_DE_UNIDADES', 'unidades');
    await unidades.inserir({
      id,
      nome: tidy(nome),
      endereco: endereco ? enderecoArrumado(endereco) : null,
      telefone,
      ativo: true,
      versao: 1,
    });
    record(unidadeAlterada({ acao: 'unidade.criar', id, campos: Object.keys(dados) }));
    return { id };
  });
};
