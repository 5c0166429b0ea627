import { conflict, notFound, staleVersion } from '../../../platform/errors';
import type { Permissoes } from '../../../platform/permissions';
import type { IdentityTransaction } from '../identidade/context';
import { abrange, permissoesDosPerfis } from '../perfil/concessoes';
import type { Perfil } from '../perfil/perfil.type';
import type { MembroTravado } from './membro.repository';

type Dependencies = Pick<IdentityTransaction, 'membros' | 'perfis'>;
type Pedido = { readonly membroId: string; readonly versao?: number | null };

/**
 * The Membro that is about to change, with the perfis that it has; the person is given no token until the
 * transaction ends.
 *
 * @throws CodedError NOT_FOUND, CONFLICT for a stale `versao`, where one was given.
 */
export const travarMembro = async ({ membros, perfis }: Dependencies, { membroId, versao }: Pedido) => {
  const membro = await membros.travar(membroId);
  if (!membro) throw notFound('Membro', 'dados.membroId');
  if (versao != null && versao !== membro.versao) throw staleVersion('Membro');
  return { membro, atuais: await perfis.dosMembros([membroId]) };
};

/**
 * Whether somebody may let a person in again who was deactivated. An invitation is no way around it: as much is asked
 * as by `reativarMembro`, whichever perfis the person is to have then.
 *
 * @param tem what the one who acts may do (`travarDireitos`).
 */
export const podeReadmitir = async (
  { perfis }: Pick<Dependencies, 'perfis'>,
  tem: Permissoes,
  { id }: Pick<MembroTravado, 'id'>,
): Promise<boolean> =>
  tem['usuarios:administrar'] !== undefined &&
  abrange(tem, permissoesDosPerfis(await perfis.dosMembros([id])));

export const ehAdministrador = (perfis: readonly Perfil[]): boolean =>
  perfis.some(({ embutido }) => embutido === 'ADMINISTRADOR');

/**
 * An organization without anybody who administers it would be lost to all.
 *
 * @throws CodedError CONFLICT when nobody but this Membro does.
 */
export const exigirOutroAdministrador = async (
  { membros }: Pick<Dependencies, 'membros'>,
  { id }: Pick<MembroTravado, 'id'>,
): Promise<void> => {
  if (await membros.haOutroAdministrador(id)) return;
  throw conflict(
    'ULTIMO_ADMINISTRADOR',
    'Esta é a última pessoa que administra a organização. Dê antes o perfil Administrador a outra.',
  );
};
