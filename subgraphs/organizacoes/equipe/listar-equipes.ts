import type { OrganizacoesContext } from '../context';

type Dependencies = Pick<OrganizacoesContext, 'policy' | 'equipes' | 'ehDoCaller'>;

/** The active or the excluded equipes of an organization, oldest first; null unless it is the Caller's. */
export const listarEquipes = async (
  { policy, equipes, ehDoCaller }: Dependencies,
  organizacaoId: string,
  ativo: boolean,
) => {
  policy.podeLer();
  return ehDoCaller(organizacaoId) ? equipes.listar(ativo) : null;
};
