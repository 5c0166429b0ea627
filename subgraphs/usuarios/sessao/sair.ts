import { requireCaller } from '../../../platform/permissions';
import type { UsuariosContext } from '../context';
import { encerrarSessoes, sessaoEncerrada } from './encerrar-sessoes';

type Dependencies = Pick<UsuariosContext, 'caller' | 'identity' | 'environment'>;

/**
 * Ends the Caller's session: neither its refresh token nor its access tokens are worth anything from now on.
 *
 * @returns whether it ended now; false when it had ended before.
 * @throws CodedError UNAUTHENTICATED when nobody signed in.
 */
export const sair = async ({ caller, identity, environment }: Dependencies): Promise<boolean> => {
  const author = requireCaller(caller);
  const { usuarioId, organizacaoId, sessaoId } = author;
  const { encerrada } = await identity.unitOfWork(author, async (transaction) => {
    const [sessao] = await encerrarSessoes(
      transaction,
      { usuarioId, organizacaoId, id: sessaoId },
      environment,
    );
    if (sessao) transaction.record(sessaoEncerrada('sessao.sair', sessao));
    return { id: sessaoId, encerrada: sessao !== undefined };
  });
  return encerrada;
};
