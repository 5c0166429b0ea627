import { type DependenciasDaEntrada, entrarPorToken } from '../confirmacao/entrar-por-token';
import { lerToken } from '../confirmacao/ler-token';
import type { SessaoIniciada } from '../sessao/sessao.type';
import { fundarOrganizacao } from './fundar-organizacao';
import type { ConfirmarEmailInput } from './organizacao.type';

/**
 * Founds the organization that was registered with an address, with the person behind it as its administrator, who
 * enters it.
 *
 * @throws CodedError as `lerToken` and `entrarPorToken`.
 */
export const confirmarEmail = async (
  dependencies: DependenciasDaEntrada,
  { token, senha }: ConfirmarEmailInput,
): Promise<SessaoIniciada> => {
  const { environment } = dependencies;
  const lido = await lerToken(dependencies, 'REGISTRO', token);
  const organizacaoId = environment.novoId();
  const entrada = { lido, organizacaoId, nome: lido.nome ?? '', senha };
  return entrarPorToken(dependencies, entrada, (transaction, usuarioId) => {
    const fundacao = { organizacaoId, nome: lido.organizacao ?? '', usuarioId };
    return fundarOrganizacao(transaction, fundacao, environment);
  });
};
