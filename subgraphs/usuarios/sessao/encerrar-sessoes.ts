import type { ChangeRecord } from '../../../platform/db/unit-of-work';
import type { Environment } from '../../../platform/environment';
import type { IdentityTransaction } from '../identidade/context';
import type { DonoDaSessao, SessaoEmCurso } from './sessao.repository';

type Repositories = Pick<IdentityTransaction, 'sessoes' | 'revogacoes'>;
type Recording = Pick<IdentityTransaction, 'record' | 'recordIn'>;
type Clock = Pick<Environment, 'agora'>;

type Quais = {
  readonly usuarioId: string;
  /** Only this one. */
  readonly id?: string;
  /** Only those of this family. */
  readonly familiaId?: string;
  /** Only those in this organization. */
  readonly organizacaoId?: string;
  /** All but this one. */
  readonly exceto?: string;
};

const idsDe = (sessoes: readonly DonoDaSessao[]) => sessoes.map(({ sessaoId }) => sessaoId);

const encerrarEmCurso = async (
  { sessoes }: Repositories,
  { usuarioId, ...quais }: Quais,
  clock: Clock,
): Promise<{ readonly emCurso: readonly SessaoEmCurso[]; readonly agora: Date }> => {
  const emCurso = await sessoes.travarEmCurso(usuarioId, quais);
  // Read once they are locked: whoever renewed one of them before that took an earlier instant.
  const agora = clock.agora();
  await sessoes.encerrar(idsDe(emCurso), agora);
  return { emCurso, agora };
};

const revogar = ({ revogacoes }: Repositories, sessoes: readonly DonoDaSessao[], agora: Date) =>
  revogacoes.registrar(
    sessoes.map(({ sessaoId }) => ({ sessaoId })),
    agora,
  );

/**
 * Ends sessions of a person: their refresh tokens and the access tokens issued so far are worth nothing from now on. To
 * end all there are in an organization, lock before what a new one needs: the Membro.
 *
 * @returns those that ended now. Of one that had expired, access tokens may have been good still.
 */
export const encerrarSessoes = async (
  transaction: Repositories,
  quais: Quais,
  clock: Clock,
): Promise<readonly SessaoEmCurso[]> => {
  const { emCurso, agora } = await encerrarEmCurso(transaction, quais, clock);
  await revogar(transaction, emCurso, agora);
  return emCurso;
};

/**
 * Ends sessions of a person as `encerrarSessoes` does, and refuses with one entry every access token that the person was
 * issued so far, in whichever session: for the one organization of `quais`, or for all.
 */
export const encerrarERevogar = async (
  transaction: Repositories,
  quais: Quais,
  clock: Clock,
): Promise<readonly SessaoEmCurso[]> => {
  const { emCurso, agora } = await encerrarEmCurso(transaction, quais, clock);
  await transaction.revogacoes.registrar(
    { usuarioId: quais.usuarioId, organizacaoId: quais.organizacaoId },
    agora,
  );
  return emCurso;
};

/** That one session has ended. */
export const sessaoEncerrada = (
  acao: string,
  { usuarioId, sessaoId }: Pick<DonoDaSessao, 'usuarioId' | 'sessaoId'>,
): ChangeRecord => ({
  acao,
  entidade: 'Sessao',
  id: sessaoId,
  campos: ['revogadaEm'],
  agregadoId: usuarioId,
  evento: { tipo: 'SessaoEncerrada', dados: { usuarioId, sessaoId } },
});

/** That sessions of a person have ended, all of them but for one at most. */
export const sessoesEncerradas = (acao: string, usuarioId: string): ChangeRecord => ({
  acao,
  entidade: 'Usuario',
  id: usuarioId,
  campos: [],
  evento: { tipo: 'SessoesEncerradas', dados: { usuarioId } },
});

/** Records a change of each session in the organization in which it was. */
export const registrarOnde = async (
  { record, recordIn }: Recording,
  organizacaoId: string,
  sessoes: readonly DonoDaSessao[],
  change: (sessao: DonoDaSessao) => ChangeRecord,
): Promise<void> => {
  for (const sessao of sessoes) {
    if (sessao.organizacaoId === organizacaoId) record(change(sessao));
    else await recordIn(sessao.organizacaoId, change(sessao));
  }
};

/**
 * Ends what leaves no place for another session of the person. Lock the person before (`identidade.travarUsuario`).
 *
 * @param organizacaoId in whose scope it happens.
 */
export const abrirLugar = async (
  transaction: Repositories & Recording,
  { usuarioId, organizacaoId }: Pick<DonoDaSessao, 'usuarioId' | 'organizacaoId'>,
  clock: Clock,
): Promise<void> => {
  const excedentes = await transaction.sessoes.travarExcedentes(usuarioId, clock.agora());
  if (excedentes.length === 0) return;
  const agora = clock.agora();
  await transaction.sessoes.encerrar(idsDe(excedentes), agora);
  await revogar(transaction, excedentes, agora);
  await registrarOnde(transaction, organizacaoId, excedentes, (sessao) =>
    sessaoEncerrada('sessao.substituir', sessao),
  );
};

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
  const emCurso = await encerrarERevogar(transaction, { usuarioId, exceto }, clock);
  const others = new Set(emCurso.map((sessao) => sessao.organizacaoId));
  others.delete(organizacaoId);
  for (const other of [...others].sort()) {
    await transaction.recordIn(other, sessoesEncerradas(acao, usuarioId));
  }
};
