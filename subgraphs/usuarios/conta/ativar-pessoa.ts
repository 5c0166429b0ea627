import type { ProcessServices } from '../../../platform/subgraph/define-subgraph';
import { nilUuid } from '../../../platform/uuid';
import type { Identity } from '../identidade/context';
import { encerrarTodas } from '../sessao/encerrar-sessoes';
import { contaAlterada } from './conta-alterada';

type Dependencies = Pick<ProcessServices, 'environment'> & { readonly identity: Identity };

/** Whoever runs an installation acts in no organization, and is nobody in any. */
const operador = { organizacaoId: nilUuid, usuarioId: null, sessaoId: null };

/**
 * Keeps a person out of everywhere, or lets them in again: for whoever runs the installation, when an account was taken
 * over or was closed by mistake. All sessions end with the deactivation, and the passwords stay. It does not ask who
 * administers an organization afterwards. Each organization of the person audits it, as done by nobody who signed in.
 *
 * @param email as `normalizeEmail` answers it.
 * @returns the names of the person's organizations; null when there is nobody with the address, or who was not so already.
 */
export const ativarPessoa = async (
  { identity, environment }: Dependencies,
  { email, ativo }: { readonly email: string; readonly ativo: boolean },
): Promise<readonly string[] | null> => {
  const pessoa = await identity.run(({ credencialPorEmail }) => credencialPorEmail(email));
  if (!pessoa) return null;
  const { usuarioId } = pessoa;
  const acao = ativo ? 'usuario.reativar' : 'usuario.desativar';
  return identity.unitOfWorkWithTokens(operador, async (transaction) => {
    const { identidade, confirmacoes, recordIn } = transaction;
    if (!(await identidade.definirAtivo(usuarioId, ativo))) return null;
    if (!ativo) {
      await confirmacoes.dispensarOutras(email, 'SENHA', environment.agora());
      await encerrarTodas(transaction, { usuarioId, acao, organizacaoId: nilUuid }, environment);
    }
    const organizacoes = await identidade.organizacoesDe(usuarioId);
    for (const { id } of organizacoes) await recordIn(id, contaAlterada(acao, usuarioId, 'ativo'));
    return organizacoes.map(({ nome }) => nome);
  });
};
