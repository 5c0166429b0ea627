import { requireCaller } from '../../../platform/permissions';
import type { UsuariosContext } from '../context';
import { encerrarTodas, sessoesEncerradas } from './encerrar-sessoes';

type Dependencies = Pick<UsuariosContext, 'caller' | 'identity' | 'environment'>;

/**
 * Ends all sessions of the Caller, in all organizations, this one included.
 *
 * @throws CodedError UNAUTHENTICATED when nobody signed in.
 */
export const sairDeTodas = async ({ caller, identity, environment }: Dependencies): Promise<boolean> => {
  const author = requireCaller(caller);
  const { usuarioId, organizacaoId } = author;
  const acao = 'sessao.sairDeTodas';
  await identity.unitOfWork(author, async (transaction) => {
    await transaction.identidade.travarUsuario(usuarioId);
    await encerrarTodas(transaction, { usuarioId, organizacaoId, acao }, environment);
    transaction.record(sessoesEncerradas(acao, usuarioId));
    return { id: usuarioId };
  });
  return true;
};
