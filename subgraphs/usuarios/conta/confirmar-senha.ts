import { requireCaller } from '../../../platform/permissions';
import type { UsuariosContext } from '../context';
import { comTentativa } from '../senha/tentativas';
import { senhaIncorreta, sessaoInvalida } from '../sessao/sessao.errors';

type Dependencies = Pick<UsuariosContext, 'caller' | 'identity' | 'senhas' | 'info' | 'limits'>;

/**
 * That who asks is who signed in: somebody who found an open screen does not know the password. It is an attempt like
 * one to sign in.
 *
 * @returns the Caller, and how the password and the e-mail are stored.
 * @throws CodedError UNAUTHENTICATED when nobody signed in, or with motivo CREDENCIAIS_INVALIDAS when the password is
 * another; RATE_LIMITED after too many attempts.
 */
export const confirmarSenha = async (dependencies: Dependencies, senha: string) => {
  const caller = requireCaller(dependencies.caller);
  const { identity, senhas } = dependencies;
  const credencial = await identity.run(({ credencialPorId }) => credencialPorId(caller.usuarioId));
  if (!credencial) throw sessaoInvalida();
  await comTentativa(dependencies, credencial.email, async () => {
    if (!(await senhas.confere(senha, credencial.senhaHash))) throw senhaIncorreta();
  });
  return { caller, ...credencial };
};
