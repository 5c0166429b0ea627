import type { UsuariosContext } from '../context';
import { permissoesDosPerfis } from '../perfil/concessoes';
import { exigirQueAbranja } from '../perfil/concessoes.rules';
import { travarDireitos } from '../perfil/travar-direitos';
import type { ReativarMembroInput } from './membro.input';
import { travarMembro } from './membro.rules';
import { membroAlterado } from './membro-alterado';

type Dependencies = Pick<UsuariosContext, 'direitos' | 'identity'>;

/**
 * Lets a person into the organization again, with the perfis of before; one who is active stays so.
 *
 * @throws CodedError NOT_FOUND, CONFLICT for a stale `versao`, FORBIDDEN when those perfis grant what the Caller may
 * not do.
 */
export const reativarMembro = async ({ direitos, identity }: Dependencies, pedido: ReativarMembroInput) => {
  const caller = direitos.podeAdministrarMembros();
  return identity.unitOfWork(caller, async (transaction) => {
    const { membros, record } = transaction;
    const tem = await travarDireitos(transaction, caller, 'usuarios:administrar');
    const { membro, atuais } = await travarMembro(transaction, pedido);
    const { id, ativo, versao } = membro;
    exigirQueAbranja(tem, permissoesDosPerfis(atuais));
    if (ativo) return { id };
    await membros.gravar({ ...membro, ativo: true, versao: versao + 1 });
    record(membroAlterado(membro, { acao: 'membro.reativar', campos: ['ativo'] }));
    return { id };
  });
};
