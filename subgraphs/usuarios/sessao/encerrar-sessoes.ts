import type { ChangeRecord } from '../../../platform/db/unit-of-work';
import type { Environment } from '../../../platform/environment';
import type { IdentityTransaction } from '../identidade/context';
import type { DonoDaSessao } from './sessao.repository';

type Repositories = Pick<IdentityTransaction, 'sessoes' | 'revogacoes'>;
type Clock = Pick<Environment, 'agora'>;

type Quais = {
  readonly usuarioId: string;
  /** Only this one. */
  readonly id?: string;
  /** Only those in this organization. */
  readonly organizacaoId?: string;
  /** All but this one. */
  readonly exceto?: string;
};

const encerrarAtivas = async (
  { sessoes }: Repositories,
  { usuarioId, ...quais }: Quais,
  clock: Clock,
): Promise<{ readonly ativas: readonly DonoDaSessao[]; readonly agora: Date }> => {
  const ativas = await sessoes.travarAtivas(usuarioId, quais);
  // Read once they are locked: whoever renewed one of them before that took an earlier instant.
  const agora = clock.agora();
  const ids = ativas.map(({ sessaoId }) => sessaoId);
  await sessoes.encerrar(ids, agora);
  return { ativas, agora };
};

/**
 * Ends active sessions of a person: their refresh tokens and the access tokens issued so far are worth nothing from
 * now on. To end all there are in an organization, lock before what a new one needs: the Membro.
 *
 * @returns those that ended now.
 */
export const encerrarSessoes = async (
  transaction: Repositories,
  quais: Quais,
  clock: Clock,
): Promise<readonly DonoDaSessao[]> => {
  const { ativas, agora } = await encerrarAtivas(transaction, quais, clock);
  for (const { sessaoId } of ativas) await transaction.revogacoes.registrar({ sessaoId }, agora);
  return ativas;
};

/** That sessions of a person have ended, all of them but for one at most. */
export const sessoesEncerradas = (acao: string, usuarioId: string): ChangeRecord => ({
  acao,
  entidade: 'Usuario',
  id: usuarioId,
  campos: [],
  evento: { tipo: 'SessoesEncerradas', dados: { usuarioId } },
});

type Todas = {
  readonly usuarioId: string;
  /** The organization in whose scope it happens: what is done there is for the use case to record. */
  readonly organizacaoId: string;
  /** What the other organizations record where a session ended. */
  readonly acao: string;
  readonly exceto?: string;
};

/**
 * Ends all sessions of a person, in all organizations, but for one at most, and refuses every access token that the
 * person was issued so far. Lock the person before (`identidade.travarUsuario`).
 */
export const encerrarTodas = async (
  transaction: Repositories & Pick<IdentityTransaction, 'recordIn'>,
  { usuarioId, organizacaoId, acao, exceto }: Todas,
  clock: Clock,
): Promise<void> => {
  const { ativas, agora } = await encerrarAtivas(transaction, { usuarioId, exceto }, clock);
  await transaction.revogacoes.registrar({ usuarioId }, agora);
  const others = new Set(ativas.map((sessao) => sessao.organizacaoId));
  others.delete(organizacaoId);
  for (const other of [...others].sort()) {
    await transaction.recordIn(other, sessoesEncerradas(acao, usuarioId));
  }
};
