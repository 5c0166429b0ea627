import { conflict } from '../../../platform/errors';
import type { UsuariosContext } from '../context';
import { encerrarTodas } from '../sessao/encerrar-sessoes';
import { senhaIncorreta } from '../sessao/sessao.errors';
import { confirmarSenha, type DependenciasDaSenha } from './confirmar-senha';
import type { DesativarContaInput } from './conta.input';
import { contaAlterada } from './conta-alterada';

type Dependencies = DependenciasDaSenha & Pick<UsuariosContext, 'environment'>;

const acao = 'usuario.desativarConta';

const contaDesativada = (usuarioId: string) => contaAlterada(acao, usuarioId, 'ativo');

/**
 * Deactivates the Caller's own account: the person gets in nowhere any more.
 *
 * @throws CodedError UNAUTHENTICATED when nobody signed in, or with motivo CREDENCIAIS_INVALIDAS when the password is
 * another; RATE_LIMITED after too many attempts; CONFLICT with motivo ULTIMO_ADMINISTRADOR while an organization would
 * be left to nobody.
 */
export const desativarConta = async (
  dependencies: Dependencies,
  { senha }: DesativarContaInput,
): Promise<boolean> => {
  const { identity, environment } = dependencies;
  const { caller, senhaHash } = await confirmarSenha(dependencies, senha);
  const { usuarioId, organizacaoId } = caller;
  await identity.unitOfWorkWithTokens(caller, async (transaction) => {
    const { identidade, recordIn, record } = transaction;
    const usuario = await identidade.travarUsuario(usuarioId);
    if (usuario?.senhaHash !== senhaHash) throw senhaIncorreta();
    await identidade.travarOrganizacoesDe(usuarioId);
    if (await identidade.ehUltimoAdministrador(usuarioId)) {
      throw conflict(
        'ULTIMO_ADMINISTRADOR',
        'Você é a última pessoa que administra uma das suas organizações. Dê antes o perfil Administrador a outra.',
      );
    }
    const organizacoes = await identidade.organizacoesDe(usuarioId);
    await identidade.definirAtivo(usuarioId, false);
    await encerrarTodas(transaction, { usuarioId, organizacaoId, acao }, environment);
    for (const { id } of organizacoes) {
      if (id !== organizacaoId) await recordIn(id, contaDesativada(usuarioId));
    }
    record(contaDesativada(usuarioId));
  });
  return true;
};
