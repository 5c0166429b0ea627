import { notFound } from '../../../platform/errors';
import { requireCaller } from '../../../platform/permissions';
import type { UsuariosContext } from '../context';
import { encerrarSessoes, registrarOnde, sessaoEncerrada } from './encerrar-sessoes';
import type { EncerrarSessaoInput } from './sessao.type';

type Dependencies = Pick<UsuariosContext, 'caller' | 'identity' | 'environment'>;

/**
 * Ends one of the Caller's own sessions, in whichever organization.
 *
 * @throws CodedError UNAUTHENTICATED when nobody signed in, NOT_FOUND when the session is somebody else's, missing or
 * over.
 */
export const encerrarSessao = async (
  { caller, identity, environment }: Dependencies,
  { id }: EncerrarSessaoInput,
): Promise<boolean> => {
  const author = requireCaller(caller);
  const { usuarioId, organizacaoId } = author;
  await identity.unitOfWork(author, async (transaction) => {
    const [sessao] = await encerrarSessoes(transaction, { usuarioId, id }, environment);
    if (!sessao || sessao.expiraEm <= environment.agora()) throw notFound('Sessão', 'dados.id');
    await registrarOnde(transaction, organizacaoId, [sessao], (encerrada) =>
      sessaoEncerrada('sessao.encerrar', encerrada),
    );
    return { id };
  });
  return true;
};
