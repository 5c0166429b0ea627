import type { UsuariosContext } from '../context';
import { permissoesDosPerfis } from '../perfil/concessoes';
import { exigirQueAbranja } from '../perfil/concessoes.rules';
import { travarDireitos } from '../perfil/travar-direitos';
import { encerrarSessoes } from '../sessao/encerrar-sessoes';
import type { EncerrarSessoesDoMembroInput } from './membro.input';
import { travarMembro } from './membro.rules';
import { membroAlterado } from './membro-alterado';

type Dependencies = Pick<UsuariosContext, 'direitos' | 'identity' | 'environment'>;

/**
 * Ends all sessions of a person in the organization; those in other organizations go on.
 *
 * @throws CodedError NOT_FOUND, FORBIDDEN when the person may do what the Caller may not.
 */
export const encerrarSessoesDoMembro = async (
  { direitos, identity, environment }: Dependencies,
  pedido: EncerrarSessoesDoMembroInput,
) => {
  const caller = direitos.podeAdministrarMembros();
  const { organizacaoId } = caller;
  return identity.unitOfWork(caller, async (transaction) => {
    const tem = await travarDireitos(transaction, caller, 'usuarios:administrar');
    const { membro, atuais } = await travarMembro(transaction, pedido);
    const { id, usuarioId } = membro;
    exigirQueAbranja(tem, permissoesDosPerfis(atuais));
    const encerradas = await encerrarSessoes(transaction, { usuarioId, organizacaoId }, environment);
    if (encerradas.length > 0) {
      transaction.record(membroAlterado(membro, { acao: 'membro.encerrarSessoes', campos: ['sessoes'] }));
    }
    return { id };
  });
};
