import type { UsuariosContext } from '../context';
import { permissoesDosPerfis } from '../perfil/concessoes';
import { exigirQueAbranja } from '../perfil/concessoes.rules';
import { travarDireitos } from '../perfil/travar-direitos';
import { encerrarERevogar } from '../sessao/encerrar-sessoes';
import type { DesativarMembroInput } from './membro.input';
import { ehAdministrador, exigirOutroAdministrador, travarMembro } from './membro.rules';
import { membroAlterado } from './membro-alterado';

type Dependencies = Pick<UsuariosContext, 'direitos' | 'identity' | 'environment'>;

/**
 * Keeps a person out of the organization: all sessions there end, and none begins.
 *
 * @throws CodedError NOT_FOUND, CONFLICT for a stale `versao` and when nobody would administer the organization,
 * FORBIDDEN when the person may do what the Caller may not.
 */
export const desativarMembro = async (
  { direitos, identity, environment }: Dependencies,
  pedido: DesativarMembroInput,
) => {
  const caller = direitos.podeAdministrarMembros();
  return identity.unitOfWork(caller, async (transaction) => {
    const { membros, record } = transaction;
    const tem = await travarDireitos(transaction, caller, 'usuarios:administrar');
    const { membro, atuais } = await travarMembro(transaction, pedido);
    const { id, usuarioId, ativo, versao } = membro;
    exigirQueAbranja(tem, permissoesDosPerfis(atuais));
    if (!ativo) return { id };
    if (ehAdministrador(atuais)) await exigirOutroAdministrador(transaction, membro);
    await membros.gravar({ ...membro, ativo: false, versao: versao + 1 });
    // Also what was issued in sessions that had ended before.
    await encerrarERevogar(transaction, { usuarioId, organizacaoId: caller.organizacaoId }, environment);
    record(membroAlterado(membro, { acao: 'membro.desativar', campos: ['ativo'] }));
    return { id };
  });
};
