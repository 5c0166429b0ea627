import { podeEscreverPara } from '../confirmacao/pedir-confirmacao';
import { expiraEm } from '../confirmacao/prazos';
import type { UsuariosContext } from '../context';
import { perfisConcediveis } from '../perfil/perfis-concediveis';
import { travarDireitos } from '../perfil/travar-direitos';
import { contarConvite } from './contar-convite';
import { conviteNaoEncerrado, exigirConvidavel } from './convite.rules';
import { mandarConvite } from './mandar-convite';

type Dependencies = Pick<
  UsuariosContext,
  'convitePolicy' | 'identity' | 'environment' | 'limits' | 'avisarCorreio' | 'convites'
>;

/**
 * Sends an invitation again, good for another 7 days, also one that expired. It is from then on the Caller's, who has to
 * be allowed what it gives.
 *
 * @throws CodedError NOT_FOUND, FORBIDDEN when its perfis grant what the Caller may not do, CONFLICT when it was accepted
 * or cancelled, and as for a new one.
 */
export const reenviarConvite = async (
  { convitePolicy, identity, environment, limits, avisarCorreio, convites }: Dependencies,
  conviteId: string,
) => {
  const caller = convitePolicy.podeConvidar();
  const { usuarioId: convidadoPor, organizacaoId } = caller;
  let envia = false;
  const convidado = await identity.unitOfWork(
    caller,
    async (transaction) => {
      const tem = await travarDireitos(transaction, caller, 'usuarios:convidar');
      const { id, email, perfilIds } = await conviteNaoEncerrado(transaction, conviteId);
      await perfisConcediveis(transaction, tem, perfilIds);
      const agora = environment.agora();
      await exigirConvidavel(transaction, { id, email, tem, agora });
      const convite = { id, email, convidadoPor, expiraEm: expiraEm('CONVITE', agora) };
      await transaction.convites.renovar(convite);
      if (envia) await mandarConvite(transaction, { ...convite, organizacaoId, agora }, environment);
      transaction.record({
        acao: 'convite.reenviar',
        entidade: 'Convite',
        id,
        campos: ['expiraEm', 'convidadoPor'],
        evento: { tipo: 'UsuarioConvidado', dados: { conviteId: id } },
      });
      return { id };
    },
    async () => {
      await contarConvite(limits, caller);
      const [convite] = await convites.porIds([conviteId]);
      envia = convite !== undefined && (await podeEscreverPara(limits, 'CONVITE', convite.email));
    },
  );
  avisarCorreio();
  return convidado;
};
