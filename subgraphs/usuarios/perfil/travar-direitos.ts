import type { Caller } from '../../../platform/caller';
import { forbidden } from '../../../platform/errors';
import type { Permission, Permissoes } from '../../../platform/permissions';
import type { IdentityTransaction } from '../identidade/context';
import { sessaoInvalida } from '../sessao/sessao.errors';

type Dependencies = Pick<IdentityTransaction, 'organizacoes' | 'vinculos'>;

/**
 * Lets nobody else change who may do what in the organization until the transaction ends, and says what the Caller may
 * do at this moment: the token may tell of rights that were just taken away, and by those nothing is granted.
 *
 * @throws CodedError UNAUTHENTICATED when the Caller does not belong to the organization any more, FORBIDDEN when the
 * permission is gone.
 */
export const travarDireitos = async (
  { organizacoes, vinculos }: Dependencies,
  { usuarioId, organizacaoId }: Caller,
  permission: Permission,
): Promise<Permissoes> => {
  const vinculo = (await organizacoes.travar()) && (await vinculos.ler(usuarioId, organizacaoId));
  if (!vinculo) throw sessaoInvalida();
  if (!vinculo.permissoes[permission]) throw forbidden();
  return vinculo.permissoes;
};
