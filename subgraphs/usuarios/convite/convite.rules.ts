import { conflict, notFound } from '../../../platform/errors';
import type { IdentityTransaction } from '../identidade/context';
import type { ConviteGravado } from './convite.repository';
import type { Convite, SituacaoDoConvite } from './convite.type';

export const situacaoDe = (
  { aceitoEm, canceladoEm, expiraEm }: Pick<ConviteGravado, 'aceitoEm' | 'canceladoEm' | 'expiraEm'>,
  agora: Date,
): SituacaoDoConvite => {
  if (aceitoEm) return 'ACEITO';
  if (canceladoEm) return 'CANCELADO';
  return expiraEm > agora ? 'ABERTO' : 'EXPIRADO';
};

/** An invitation as the graph shows it. */
export const toConvite = (
  { aceitoEm, canceladoEm, convidadoPor, ...convite }: ConviteGravado,
  agora: Date,
): Convite => ({
  ...convite,
  convidadoPorId: convidadoPor,
  situacao: situacaoDe({ aceitoEm, canceladoEm, expiraEm: convite.expiraEm }, agora),
});

/**
 * The invitation that somebody wants to change. The organization must be locked (`travarDireitos`), so that it is not
 * accepted meanwhile.
 *
 * @throws CodedError NOT_FOUND, CONFLICT with motivo CONVITE_ENCERRADO for one that was accepted or cancelled.
 */
export const conviteNaoEncerrado = async (
  { convites }: Pick<IdentityTransaction, 'convites'>,
  conviteId: string,
): Promise<ConviteGravado> => {
  const [convite] = await convites.porIds([conviteId]);
  if (!convite) throw notFound('Convite', 'dados.conviteId');
  if (!convite.aceitoEm && !convite.canceladoEm) return convite;
  throw conflict('CONVITE_ENCERRADO', 'Este convite já foi aceito ou cancelado.');
};

/** @throws CodedError CONFLICT when the address is a Membro's already, or another invitation to it can be accepted. */
export const exigirConvidavel = async (
  { convites }: Pick<IdentityTransaction, 'convites'>,
  { id, email }: Pick<ConviteGravado, 'id' | 'email'>,
  agora: Date,
): Promise<void> => {
  if (await convites.ehDeMembro(email)) {
    throw conflict('JA_E_MEMBRO', 'Quem tem este e-mail já está na organização.');
  }
  if (await convites.haOutroAberto(email, id, agora)) {
    throw conflict('CONVITE_ABERTO', 'Já há um convite aberto para este e-mail; ele pode ser reenviado.');
  }
};
