import { nilUuid } from '../../../platform/uuid';
import type { UsuariosContext } from '../context';
import { exigirSenhaDiferenteDoEmail } from '../senha/senha.rules';
import { perdoarConta } from '../senha/tentativas';
import { encerrarTodas } from '../sessao/encerrar-sessoes';
import type { RedefinirSenhaInput } from './confirmacao.input';
import { lerToken } from './ler-token';
import { tokenDeEmailInvalido } from './token-de-email';

type Dependencies = Pick<
  UsuariosContext,
  'identity' | 'senhas' | 'environment' | 'info' | 'limits' | 'registrarBloqueio'
>;

const acao = 'usuario.redefinirSenha';

/**
 * Puts a new password in the place of a forgotten one. Whoever is signed in as the person no longer is, and other tokens
 * that were sent for this are worth nothing any more. Attempts that were made with other passwords are forgiven.
 *
 * @throws CodedError UNAUTHENTICATED with motivo TOKEN_DE_EMAIL_INVALIDO, RATE_LIMITED, BAD_USER_INPUT when the
 * password is the e-mail.
 */
export const redefinirSenha = async (
  dependencies: Dependencies,
  { token, senha }: RedefinirSenhaInput,
): Promise<true> => {
  const { identity, senhas, environment, limits, info } = dependencies;
  const lido = await lerToken(dependencies, 'SENHA', token);
  const { email } = lido;
  exigirSenhaDiferenteDoEmail(senha, email);
  const credencial = await identity.run(({ credencialPorEmail }) => credencialPorEmail(email));
  if (!credencial) throw tokenDeEmailInvalido();
  const { usuarioId } = credencial;
  const senhaHash = await senhas.hash(senha);

  // Where the person was last; somebody who belongs to no organization any more has nobody who audits them.
  const organizacaoId = credencial.organizacaoId ?? nilUuid;
  const author = { usuarioId, organizacaoId, sessaoId: null };
  await identity.unitOfWorkWithTokens(author, async (transaction) => {
    const { identidade, confirmacoes, record } = transaction;
    if (!(await identidade.travarUsuario(usuarioId))) throw tokenDeEmailInvalido();
    await lido.usar(transaction);
    await confirmacoes.dispensarOutras(email, 'SENHA', environment.agora());
    await identidade.definirSenha(usuarioId, senhaHash);
    await encerrarTodas(transaction, { usuarioId, acao, organizacaoId }, environment);
    if (!credencial.organizacaoId) return;
    record({
      acao,
      entidade: 'Usuario',
      id: usuarioId,
      campos: ['senha'],
      evento: { tipo: 'UsuarioAlterado', dados: { usuarioId, campos: ['senha'] } },
    });
  });
  await perdoarConta(limits, email, info);
  return true;
};
