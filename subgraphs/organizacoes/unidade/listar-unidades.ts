import type { OrganizacoesContext } from '../context';

type Dependencies = Pick<OrganizacoesContext, 'policy' | 'unidades' | 'ehDoCaller'>;

/** The active or the excluded unidades of an organization, oldest first; null unless it is the Caller's. */
export const listarUnidades = async (
  { policy, unidades, ehDoCaller }: Dependencies,
  organizacaoId: string,
  ativo: boolean,
) => {
  policy.podeLer();
  return ehDoCaller(organizacaoId) ? unidades.listar(ativo) : null;
};
