import { requireCaller } from '../../../platform/permissions';
import type { UsuariosContext } from '../context';
import { comTentativa } from '../senha/tentativas';
import { senhaIncorreta, sessaoInvalida } from '../sessao/sessao.errors';

export type DependenciasDaSenha = Pick<
  UsuariosContext,
  'caller' | 'identity' | 'senhas' | 'info' | 'limits' | 'registrarRecusa' | 'registrarBloqueio'
>;

/**
 * That who asks is who signed in: somebody who found an open screen does not know the password. It is an attempt like
 * one to sign in, and a wrong password is audited.
 *
 * @returns the Caller, and how the password and the e-mail are stored.
 * @throws CodedError UNAUTHENTICATED when nobody signed in, or with motivo CREDENCIAIS_INVALIDAS when the password is
 * another; RATE_LIMITED after too many attempts.
 */
export const confirmarSenha = async (dependencies: DependenciasDaSenha, senha: string) => {
  const caller = requireCaller(dependencies.caller);
  const { identity, senhas, registrarRecusa } = dependencies;
  const { usuarioId, organizacaoId, sessaoId } = caller;
  const credencial = await identity.run(({ credencialPorId }) => credencialPorId(usuarioId));
  if (!credencial) throw sessaoInvalida();
  await comTentativa(dependencies, credencial.email, async () => {
    if (await senhas.confere(senha, credencial.senhaHash)) return;
    registrarRecusa({ acao: 'conta.recusar', usuarioId, organizacaoId, sessaoId });
    throw senhaIncorreta();
  });
  return { caller, ...credencial };
};
