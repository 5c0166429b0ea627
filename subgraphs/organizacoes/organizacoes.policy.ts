import type { Caller } from '../../platform/caller';
import { forbidden } from '../../platform/errors';
import { requireCaller, requirePermission } from '../../platform/permissions';

/** Who may do what with how an organization is arranged. */
export const organizacoesPolicy = (caller: Caller | null) => ({
  podeLer: () => requirePermission(caller, 'organizacao:ler'),
  podeConfigurar: () => requirePermission(caller, 'organizacao:configurar'),
  podeAdministrarEquipes: () => requirePermission(caller, 'equipes:administrar'),

  /** Who is in an Equipe reaches what its people have: only who reaches everything may give that, to themselves or others. */
  podeAmpliarAlcances: () => {
    requirePermission(caller, 'equipes:administrar');
    if (Object.values(requireCaller(caller).permissoes).every((alcance) => alcance === 'TODOS')) return;
    throw forbidden('Isto vai além das suas próprias permissões.', 'ALEM_DAS_SUAS_PERMISSOES');
  },
});
