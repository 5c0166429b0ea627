import type { VendasContext } from '../context';

type Dependencies = Pick<VendasContext, 'policy' | 'motivosPerda'>;

/** The active or the excluded reasons for losing of the organization, oldest first. */
export const listarMotivosPerda = async ({ policy, motivosPerda }: Dependencies, ativo: boolean) => {
  policy.podeLer();
  return motivosPerda.listar(ativo);
};
