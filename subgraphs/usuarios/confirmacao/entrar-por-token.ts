import { conflict } from '../../../platform/errors';
import type { UsuariosContext } from '../context';
import type { IdentityTransaction } from '../identidade/context';
import { iniciarSessao, tokensDe } from '../sessao/iniciar-sessao';
import { senhaIncorreta } from '../sessao/sessao.errors';
import type { SessaoIniciada } from '../sessao/sessao.type';
import { criarUsuario } from '../usuario/criar-usuario';
import { comprovarPessoa } from './comprovar-pessoa';
import type { TokenLido } from './ler-token';

export type DependenciasDaEntrada = Pick<
  UsuariosContext,
  | 'identity'
  | 'senhas'
  | 'environment'
  | 'info'
  | 'limits'
  | 'issueAccessToken'
  | 'registrarRecusa'
  | 'registrarBloqueio'
>;

type Entrada = {
  readonly lido: TokenLido;
  /** Of a person who is not there yet. */
  readonly nome: string;
  readonly senha: string;
  /** Where the person enters. */
  readonly organizacaoId: string;
};

const cadastroNaoConcluido = () =>
  conflict(
    'CADASTRO_NAO_CONCLUIDO',
    'O seu cadastro acabou de ser feito. Tente de novo com a senha que ele tem.',
  );

/**
 * Uses up a token that was sent by e-mail, does what it confirms, and begins a session: all of it or nothing. A person
 * with that address who is not there yet is created.
 *
 * @param confirmar makes the person a Membro of the organization in which they enter.
 * @throws CodedError UNAUTHENTICATED with motivo TOKEN_DE_EMAIL_INVALIDO or CREDENCIAIS_INVALIDAS, RATE_LIMITED,
 * BAD_USER_INPUT for a new password that may not be one, CONFLICT when another token created the person meanwhile.
 */
export const entrarPorToken = async (
  dependencies: DependenciasDaEntrada,
  { lido, organizacaoId, nome, senha }: Entrada,
  confirmar: (transaction: IdentityTransaction, usuarioId: string) => Promise<void>,
): Promise<SessaoIniciada> => {
  const { identity, environment, issueAccessToken } = dependencies;
  const { usuarioId, senhaHash, nova } = await comprovarPessoa(dependencies, {
    email: lido.email,
    nome,
    senha,
  });

  const author = { usuarioId, organizacaoId, sessaoId: environment.novoId() };
  const aberta = await identity.unitOfWorkWithTokens(author, async (transaction) => {
    // The person first, as everybody does who locks more than one thing.
    if (!nova) {
      const travado = await transaction.identidade.travarUsuario(usuarioId);
      if (travado?.senhaHash !== senhaHash) throw senhaIncorreta();
    }
    await lido.usar(transaction);
    if (nova && !(await criarUsuario(transaction, nova))) throw cadastroNaoConcluido();
    await confirmar(transaction, usuarioId);
    const aberta = await iniciarSessao(transaction, author, dependencies);
    if (!aberta) throw senhaIncorreta();
    return aberta;
  });
  return tokensDe(issueAccessToken, aberta);
};
