import { notFound } from '../../../platform/errors';
import type { Permissoes } from '../../../platform/permissions';
import type { IdentityTransaction } from '../identidade/context';
import { permissoesDosPerfis } from './concessoes';
import { exigirQueAbranja } from './concessoes.rules';
import type { Perfil } from './perfil.type';

/**
 * The perfis with these ids, each once, for somebody who gives them to another.
 *
 * @param tem what the one who gives them may do (`travarDireitos`).
 * @throws CodedError NOT_FOUND when one is not there, FORBIDDEN with motivo ALEM_DAS_SUAS_PERMISSOES when they grant
 * more than that.
 */
export const perfisConcediveis = async (
  { perfis }: Pick<IdentityTransaction, 'perfis'>,
  tem: Permissoes,
  perfilIds: readonly string[],
): Promise<Perfil[]> => {
  const pedidos = new Set(perfilIds);
  const existentes = await perfis.porIds([...pedidos]);
  if (existentes.length < pedidos.size) throw notFound('Perfil', 'dados.perfilIds');
  exigirQueAbranja(tem, permissoesDosPerfis(existentes));
  return existentes;
};
