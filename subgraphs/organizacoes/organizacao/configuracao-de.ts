import type { OrganizacoesContext } from '../context';
import type { Configuracao } from './configuracao';

/** How an organization works; null unless it is the Caller's. */
export const configuracaoDe = (
  { policy, loaders }: Pick<OrganizacoesContext, 'policy' | 'loaders'>,
  organizacaoId: string,
): Promise<Configuracao | null> => {
  policy.podeLer();
  return loaders.configuracao.load(organizacaoId);
};
