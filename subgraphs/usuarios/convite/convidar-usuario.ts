import { podeEscreverPara } from '../confirmacao/pedir-confirmacao';
import { expiraEm } from '../confirmacao/prazos';
import type { UsuariosContext } from '../context';
import { perfisConcediveis } from '../perfil/perfis-concediveis';
import { travarDireitos } from '../perfil/travar-direitos';
import { contarConvite } from './contar-convite';
import type { ConvidarUsuarioInput } from './convite.input';
import { exigirConvidavel } from './convite.rules';
import { mandarConvite } from './mandar-convite';

type Dependencies = Pick<
  UsuariosContext,
  'convitePolicy' | 'identity' | 'environment' | 'limits' | 'avisarCorreio'
>;

/**
 * Invites an address to the organization. Whether it is somebody's elsewhere is not looked at. An address that was sent
 * many messages lately is sent none; nobody is told, since others may have had them sent.
 *
 * @throws CodedError NOT_FOUND for a perfil, FORBIDDEN when the perfis grant what the Caller may not do, CONFLICT when
 * the address is a Membro's already, or of one who was deactivated and whom the Caller may not let in again, or was
 * invited, RATE_LIMITED.
 */
export const convidarUsuario = async (
  { convitePolicy, identity, environment, limits, avisarCorreio }: Dependencies,
  { email, perfilIds }: ConvidarUsuarioInput,
) => {
  const caller = convitePolicy.podeConvidar();
  const { usuarioId: convidadoPor, organizacaoId } = caller;
  const id = environment.novoId();
  let envia = false;
  const convidado = await identity.unitOfWork(
    caller,
    async (transaction) => {
      const tem = await travarDireitos(transaction, caller, 'usuarios:convidar');
      const perfis = await perfisConcediveis(transaction, tem, perfilIds);
      const agora = environment.agora();
      const convite = { id, email, convidadoPor, criadoEm: agora, expiraEm: expiraEm('CONVITE', agora) };
      await exigirConvidavel(transaction, { id, email, tem, agora });
      await transaction.convites.inserir({ ...convite, perfilIds: perfis.map((perfil) => perfil.id) });
      if (envia) await mandarConvite(transaction, { ...convite, organizacaoId, agora }, environment);
      transaction.record({
        acao: 'convite.criar',
        entidade: 'Convite',
        id,
        campos: ['email', 'perfis'],
        evento: { tipo: 'UsuarioConvidado', dados: { conviteId: id } },
      });
      return { id };
    },
    async () => {
      await contarConvite(limits, caller);
      envia = await podeEscreverPara(limits, 'CONVITE', email);
    },
  );
  avisarCorreio();
  return convidado;
};
