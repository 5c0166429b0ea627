import type { UsuariosContext } from '../context';
import { permissoesDosPerfis } from '../perfil/concessoes';
import { exigirQueAbranja } from '../perfil/concessoes.rules';
import { perfisConcediveis } from '../perfil/perfis-concediveis';
import { travarDireitos } from '../perfil/travar-direitos';
import type { AlterarPerfisDoMembroInput } from './membro.input';
import { ehAdministrador, exigirOutroAdministrador, travarMembro } from './membro.rules';
import { membroAlterado } from './membro-alterado';

type Dependencies = Pick<UsuariosContext, 'direitos' | 'identity' | 'environment'>;

/**
 * Gives a Membro these perfis and takes all others away; the person's access tokens for the
 * organization are refused from now on.
 *
 * @throws CodedError NOT_FOUND, CONFLICT for a stale `versao` and when nobody would administer the organization,
 * FORBIDDEN when the old or the new perfis grant what the Caller may not do.
 */
export const alterarPerfisDoMembro = async (
  { direitos, identity, environment }: Dependencies,
  { perfilIds, ...pedido }: AlterarPerfisDoMembroInput,
) => {
  const caller = direitos.podeAdministrarMembros();
  return identity.unitOfWork(caller, async (transaction) => {
    const { membros, perfis, revogacoes, record } = transaction;
    const tem = await travarDireitos(transaction, caller, 'usuarios:administrar');
    const { membro, atuais } = await travarMembro(transaction, pedido);
    exigirQueAbranja(tem, permissoesDosPerfis(atuais));
    const novos = await perfisConcediveis(transaction, tem, perfilIds);

    const { id, usuarioId } = membro;
    const ficam = novos.filter((novo) => atuais.some((atual) => atual.id === novo.id));
    if (ficam.length === novos.length && ficam.length === atuais.length) return { id };
    if (membro.ativo && ehAdministrador(atuais) && !ehAdministrador(novos)) {
      await exigirOutroAdministrador(transaction, membro);
    }
    await perfis.atribuir(
      id,
      novos.map((novo) => novo.id),
    );
    await membros.gravar({ ...membro, versao: membro.versao + 1 });
    await revogacoes.registrar({ usuarioId, organizacaoId: caller.organizacaoId }, environment.agora());
    record(membroAlterado(membro, { acao: 'membro.alterarPerfis', campos: ['perfis'] }));
    return { id };
  });
};
