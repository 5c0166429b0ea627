import type { UsuariosContext } from '../context';
import { travarDireitos } from '../perfil/travar-direitos';
import { conviteNaoEncerrado } from './convite.rules';

type Dependencies = Pick<UsuariosContext, 'convitePolicy' | 'identity' | 'environment'>;

/**
 * Takes an invitation back: what was sent of it is worth nothing any more.
 *
 * @throws CodedError NOT_FOUND, CONFLICT when it was accepted or cancelled.
 */
export const cancelarConvite = async (
  { convitePolicy, identity, environment }: Dependencies,
  conviteId: string,
) => {
  const caller = convitePolicy.podeConvidar();
  return identity.unitOfWork(caller, async (transaction) => {
    const { convites, record } = transaction;
    await travarDireitos(transaction, caller, 'usuarios:convidar');
    const { id } = await conviteNaoEncerrado(transaction, conviteId);
    await convites.encerrar(id, 'canceladoEm', environment.agora());
    record({
      acao: 'convite.cancelar',
      entidade: 'Convite',
      id,
      campos: ['situacao'],
      evento: { tipo: 'ConviteCancelado', dados: { conviteId: id } },
    });
    return { id };
  });
};
