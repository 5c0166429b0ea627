import type { ChangeRecord } from '../../../platform/db/unit-of-work';

/** A change of how an organization works, as the other domains hear of it. */
export const organizacaoAlterada = (organizacaoId: string, campos: readonly string[]): ChangeRecord => ({
  acao: 'organizacao.configurar',
  entidade: 'Organizacao',
  id: organizacaoId,
  campos,
  evento: { tipo: 'OrganizacaoAlterada', dados: { organizacaoId, campos } },
});
