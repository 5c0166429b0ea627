import type { VendasContext } from '../context';

/** The active or the excluded funis of the organization, oldest first. */
export const listarFunis = async (
  { policy, funis }: Pick<VendasContext, 'policy' | 'funis'>,
  ativo: boolean,
) => {
  policy.podeLer();
  return funis.listar(ativo);
};
