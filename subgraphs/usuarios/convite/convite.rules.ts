import { conflict, notFound } from '../../../platform/errors';
import type { Permissoes } from '../../../platform/permissions';
import type { IdentityTransaction } from '../identidade/context';
import { podeReadmitir } from '../membro/membro.rules';
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

type Convidavel = Pick<ConviteGravado, 'id' | 'email'> & {
  /** What the one who invites may do (`travarDireitos`). */
  readonly tem: Permissoes;
  readonly agora: Date;
};

/**
 * @throws CodedError CONFLICT when the address is a Membro's already, when it is of one who was deactivated and whom the
 * one who invites may not let in again, or when another invitation to it can be accepted.
 */
export const exigirConvidavel = async (
  { convites, membros, perfis }: Pick<IdentityTransaction, 'convites' | 'membros' | 'perfis'>,
  { id, email, tem, agora }: Convidavel,
): Promise<void> => {
  const membro = await membros.comEmail(email);
  if (membro?.ativo) throw conflict('JA_E_MEMBRO', 'Quem tem este e-mail já está na organização.');
  if (membro && !(await podeReadmitir({ perfis }, tem, membro))) {
    throw conflict(
      'MEMBRO_DESATIVADO',
      'Quem tem este e-mail foi desativado na organização. Só quem administra usuários, e pode tudo o que essa pessoa podia, a convida de novo.',
    );
  }
  if (await convites.haOutroAberto(email, id, agora)) {
    throw conflict('CONVITE_ABERTO', 'Já há um convite aberto para este e-mail; ele pode ser reenviado.');
  }
};
