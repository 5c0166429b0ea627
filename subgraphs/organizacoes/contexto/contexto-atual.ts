import type { OrganizacoesContext } from '../context';

type Dependencies = Pick<OrganizacoesContext, 'policy' | 'contextos' | 'ehDoCaller'>;

/** The version of an organization's contexto that holds; null when there is none, and unless it is the Caller's. */
export const contextoAtual = async (
  { policy, contextos, ehDoCaller }: Dependencies,
  organizacaoId: string,
) => {
  policy.podeLer();
  return ehDoCaller(organizacaoId) ? contextos.ultimo() : null;
};
