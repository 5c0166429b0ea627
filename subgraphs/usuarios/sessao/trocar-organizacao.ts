import { conflict, notFound } from '../../../platform/errors';
import { requireCaller } from '../../../platform/permissions';
import type { UsuariosContext } from '../context';
import { encerrarSessoes, sessaoEncerrada } from './encerrar-sessoes';
import { iniciarSessao, tokensDe } from './iniciar-sessao';
import { sessaoInvalida } from './sessao.errors';
import { porSessao } from './sessao.limits';
import type { SessaoIniciada, TrocarOrganizacaoInput } from './sessao.type';

type Dependencies = Pick<
  UsuariosContext,
  'caller' | 'identity' | 'issueAccessToken' | 'environment' | 'info' | 'limits'
>;

const mesmaOrganizacao = () =>
  conflict('MESMA_ORGANIZACAO', 'Você já está nesta organização.', [
    { campo: 'dados.organizacaoId', mensagem: 'Escolha outra organização.' },
  ]);

/**
 * Ends the Caller's session and lets it go on in another organization of the Caller's, for as long as it would have
 * lasted. Of several at once by the same session one succeeds.
 *
 * @throws CodedError UNAUTHENTICATED when nobody signed in or the session has ended, CONFLICT with motivo
 * MESMA_ORGANIZACAO for the present organization, NOT_FOUND when the organization is not there or the Caller is no active
 * member of it, RATE_LIMITED after 30 changes and renewals in 15 minutes.
 */
export const trocarOrganizacao = async (
  dependencies: Dependencies,
  { organizacaoId }: TrocarOrganizacaoInput,
): Promise<SessaoIniciada> => {
  const { identity, issueAccessToken, environment, limits } = dependencies;
  const atual = requireCaller(dependencies.caller);
  const { usuarioId } = atual;
  if (organizacaoId.toLowerCase() === atual.organizacaoId) throw mesmaOrganizacao();
  const author = { usuarioId, organizacaoId, sessaoId: environment.novoId() };
  const aberta = await identity.unitOfWorkWithTokens(author, async (transaction) => {
    // The person first: two of their sessions that change places would wait for each other.
    await transaction.identidade.travarUsuario(usuarioId);
    const [encerrada] = await encerrarSessoes(transaction, { usuarioId, id: atual.sessaoId }, environment);
    if (!encerrada || encerrada.expiraEm <= environment.agora()) throw sessaoInvalida();
    await limits.attempt(porSessao, encerrada.familiaId);
    const aberta = await iniciarSessao(transaction, author, dependencies, encerrada);
    if (!aberta) throw notFound('Organização', 'dados.organizacaoId');
    await transaction.recordIn(atual.organizacaoId, sessaoEncerrada('sessao.trocarOrganizacao', encerrada));
    return aberta;
  });
  return tokensDe(issueAccessToken, aberta);
};
