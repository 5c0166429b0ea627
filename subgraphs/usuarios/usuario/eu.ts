import { requireCaller } from '../../../platform/permissions';
import type { UsuariosContext } from '../context';
import { sessaoInvalida } from '../sessao/sessao.errors';

type Dependencies = Pick<UsuariosContext, 'caller'> & {
  readonly loaders: Pick<UsuariosContext['loaders'], 'usuario'>;
};

/**
 * The person who asks.
 *
 * @throws CodedError UNAUTHENTICATED when nobody signed in, or who did is no longer there.
 */
export const eu = async ({ caller, loaders }: Dependencies) => {
  const usuario = await loaders.usuario.load(requireCaller(caller).usuarioId);
  if (!usuario) throw sessaoInvalida();
  return usuario;
};
