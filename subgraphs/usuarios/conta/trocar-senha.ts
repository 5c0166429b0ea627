import type { UsuariosContext } from '../context';
import { exigirSenhaDiferenteDoEmail } from '../senha/senha.rules';
import { encerrarTodas } from '../sessao/encerrar-sessoes';
import { senhaIncorreta } from '../sessao/sessao.errors';
import { confirmarSenha, type DependenciasDaSenha } from './confirmar-senha';
import type { TrocarSenhaInput } from './conta.input';
import { contaAlterada } from './conta-alterada';

type Dependencies = DependenciasDaSenha & Pick<UsuariosContext, 'environment'>;

const acao = 'usuario.trocarSenha';

/**
 * Gives the Caller another password. All other sessions end, and so do all access tokens: this session goes on with
 * its refresh token. Tokens that were sent to replace a forgotten password are worth nothing any more. Of several at once one succeeds.
 *
 * @throws CodedError UNAUTHENTICATED when nobody signed in, or with motivo CREDENCIAIS_INVALIDAS when the present
 * password is another; RATE_LIMITED after too many attempts; BAD_USER_INPUT when the new one is the e-mail.
 */
export const trocarSenha = async (
  dependencies: Dependencies,
  { senhaAtual, senhaNova }: TrocarSenhaInput,
): Promise<boolean> => {
  const { identity, senhas, environment } = dependencies;
  const { caller, email, senhaHash: confirmada } = await confirmarSenha(dependencies, senhaAtual);
  exigirSenhaDiferenteDoEmail(senhaNova, email, 'dados.senhaNova');
  const senhaHash = await senhas.hash(senhaNova);
  const { usuarioId, organizacaoId, sessaoId } = caller;
  await identity.unitOfWorkWithTokens(caller, async (transaction) => {
    const usuario = await transaction.identidade.travarUsuario(usuarioId);
    if (usuario?.senhaHash !== confirmada) throw senhaIncorreta();
    await transaction.identidade.definirSenha(usuarioId, senhaHash);
    await transaction.confirmacoes.dispensarOutras(email, 'SENHA', environment.agora());
    const outras = { usuarioId, organizacaoId, acao, exceto: sessaoId };
    await encerrarTodas(transaction, outras, environment);
    transaction.record(contaAlterada(acao, usuarioId, 'senha'));
  });
  return true;
};
