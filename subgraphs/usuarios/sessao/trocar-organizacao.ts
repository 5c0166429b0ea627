import { notFound } from '../../../platform/errors';
import { requireCaller } from '../../../platform/permissions';
import type { UsuariosContext } from '../context';
import { encerrarSessoes } from './encerrar-sessoes';
import { iniciarSessao, tokensDe } from './iniciar-sessao';
import { sessaoEncerrada } from './sair';
import { sessaoInvalida } from './sessao.errors';
import type { SessaoIniciada, TrocarOrganizacaoInput } from './sessao.type';

type Dependencies = Pick<
  UsuariosContext,
  'caller' | 'identity' | 'issueAccessToken' | 'environment' | 'info'
>;

/**
 * Ends the Caller's session and begins one in another organization of the Caller's. Of several at once by the same
 * session one succeeds.
 *
 * @throws CodedError UNAUTHENTICATED when nobody signed in or the session has ended, NOT_FOUND when the organization is
 * not there or the Caller is no active member of it.
 */
export const trocarOrganizacao = async (
  dependencies: Dependencies,
  { organizacaoId }: TrocarOrganizacaoInput,
): Promise<SessaoIniciada> => {
  const { identity, issueAccessToken, environment } = dependencies;
  const atual = requireCaller(dependencies.caller);
  const { usuarioId } = atual;
  const author = { usuarioId, organizacaoId, sessaoId: environment.novoId() };
  const aberta = await identity.unitOfWorkWithTokens(author, async (transaction) => {
    const aberta = await iniciarSessao(transaction, author, dependencies);
    if (!aberta) throw notFound('Organização', 'dados.organizacaoId');
    const [encerrada] = await encerrarSessoes(transaction, { usuarioId, id: atual.sessaoId }, environment);
    if (!encerrada) throw sessaoInvalida();
    await transaction.recordIn(
      atual.organizacaoId,
      sessaoEncerrada('sessao.trocarOrganizacao', usuarioId, atual.sessaoId),
    );
    return aberta;
  });
  return tokensDe(issueAccessToken, aberta);
};
