import { conflict, notFound } from '../../../platform/errors';
import type { UsuariosContext } from '../context';
import { exigirPerfilProprio } from './perfil.rules';
import { perfilAlterado } from './perfil-alterado';
import { travarDireitos } from './travar-direitos';

type Dependencies = Pick<UsuariosContext, 'direitos' | 'identity'>;

/**
 * Erases a perfil that nobody has; invitations that name it give what is left of them.
 *
 * @throws CodedError NOT_FOUND, CONFLICT for a built-in perfil and for one that somebody has, active or not.
 */
export const excluirPerfil = async ({ direitos, identity }: Dependencies, id: string) => {
  const caller = direitos.podeAdministrarPerfis();
  return identity.unitOfWork(caller, async (transaction) => {
    const { perfis, record } = transaction;
    await travarDireitos(transaction, caller, 'perfis:administrar');
    const perfil = await perfis.travar(id);
    if (!perfil) throw notFound('Perfil', 'dados.id');
    exigirPerfilProprio(perfil);
    if ((await perfis.pessoasCom(id)).length > 0) {
      throw conflict('PERFIL_EM_USO', 'Há pessoas com este perfil. Dê outro a elas antes de o excluir.');
    }
    await perfis.apagar(id);
    record(perfilAlterado({ acao: 'perfil.excluir', id, campos: ['nome', 'concessoes'] }));
    return { id, definitiva: true };
  });
};
