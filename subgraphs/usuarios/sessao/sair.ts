import { requireCaller } from '../../../platform/permissions';
import type { UsuariosContext } from '../context';

type Dependencies = Pick<UsuariosContext, 'caller' | 'identity' | 'environment'>;

/**
 * Ends the Caller's session: its refresh token is worth nothing from now on.
 *
 * @returns whether it ended now; false when it had ended before.
 * @throws CodedError UNAUTHENTICATED when nobody signed in.
 */
export const sair = async ({ caller, identity, environment }: Dependencies): Promise<boolean> => {
  const author = requireCaller(caller);
  const { usuarioId, sessaoId } = author;
  const { encerrada } = await identity.unitOfWork(author, async ({ sessoes, record }) => {
    const encerrada = await sessoes.revogar({ id: sessaoId, usuarioId, agora: environment.agora() });
    if (encerrada) {
      record({
        acao: 'sessao.sair',
        entidade: 'Sessao',
        id: sessaoId,
        campos: ['revogadaEm'],
        agregadoId: usuarioId,
        evento: { tipo: 'SessaoEncerrada', dados: { usuarioId, sessaoId } },
      });
    }
    return { id: sessaoId, encerrada };
  });
  return encerrada;
};
