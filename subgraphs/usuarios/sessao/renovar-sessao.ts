import type { ChangeRecord } from '../../../platform/db/unit-of-work';
import type { UsuariosContext } from '../context';
import { encerrarSessoes, registrarOnde } from './encerrar-sessoes';
import { type SessaoAberta, tokensDe } from './iniciar-sessao';
import { hashDoToken, novoTokenDeRenovacao } from './refresh-token';
import { renovacaoSimultanea, sessaoInvalida } from './sessao.errors';
import { porReuso, porSessao } from './sessao.limits';
import type { DonoDaSessao, TokenDeSessao } from './sessao.repository';
import type { RenovarSessaoInput, SessaoIniciada } from './sessao.type';

type Dependencies = Pick<
  UsuariosContext,
  'identity' | 'issueAccessToken' | 'environment' | 'info' | 'limits'
>;

/** Who comes with a used token so soon was overtaken by another tab of the same browser, not stolen from. */
const simultaneousMs = 10_000;

const sessaoComprometida = ({ usuarioId, sessaoId }: DonoDaSessao): ChangeRecord => ({
  acao: 'sessao.reuso',
  entidade: 'Sessao',
  id: sessaoId,
  campos: ['revogadaEm'],
  agregadoId: usuarioId,
  evento: { tipo: 'SessaoComprometida', dados: { usuarioId, sessaoId } },
});

/**
 * Ends all sessions of a family one of whose refresh tokens came a second time: one of the two who had it was not meant
 * to, and may have gone on with it in another organization.
 */
const encerrarFamilia = async (
  { identity, environment, limits }: Dependencies,
  token: TokenDeSessao,
): Promise<void> => {
  const { usuarioId, familiaId } = token;
  await limits.attempt(porReuso, familiaId);
  await identity.unitOfWorkWithTokens(token, async (transaction) => {
    await transaction.identidade.travarUsuario(usuarioId);
    const encerradas = await encerrarSessoes(transaction, { usuarioId, familiaId }, environment);
    await registrarOnde(transaction, token.organizacaoId, encerradas, sessaoComprometida);
  });
};

/**
 * Continues a session: a new access token, by what the person may do now, and a new refresh token in the place of the
 * given one. Of several renewals by the same token exactly one succeeds; one that comes more than 10 s later ends the
 * session for everybody, wherever it went on.
 *
 * @throws CodedError UNAUTHENTICATED with motivo RENOVACAO_SIMULTANEA when the token was exchanged a moment ago, and
 * SESSAO_INVALIDA when it is unknown or was used before that, the session has ended, or the person or the tie to the
 * organization is no longer active; RATE_LIMITED after 30 renewals in 15 minutes.
 */
export const renovarSessao = async (
  dependencies: Dependencies,
  { tokenRenovacao: given }: RenovarSessaoInput,
): Promise<SessaoIniciada> => {
  const { identity, issueAccessToken, environment, info, limits } = dependencies;
  const tokenHash = hashDoToken(given);
  const token = await identity.run(({ sessoes }) => sessoes.doToken(tokenHash));
  if (!token) throw sessaoInvalida();
  const { sessaoId, usuarioId, organizacaoId, familiaId, usadoEm } = token;
  // What was used stays so: it needs no lock to be seen.
  if (usadoEm) {
    if (environment.agora().getTime() - usadoEm.getTime() < simultaneousMs) throw renovacaoSimultanea();
    await encerrarFamilia(dependencies, token);
    throw sessaoInvalida();
  }

  const aberta = await identity.unitOfWorkWithTokens(
    token,
    async (transaction): Promise<SessaoAberta | null> => {
      const { vinculos, sessoes } = transaction;
      const vinculo = await vinculos.travar(usuarioId, organizacaoId);
      const sessao = await sessoes.travar(sessaoId, tokenHash);
      const agora = environment.agora();
      if (sessao?.usado) throw renovacaoSimultanea();
      if (!vinculo || !sessao || sessao.revogadaEm || sessao.expiraEm <= agora) return null;
      // Only here: those who come at once with one token are one renewal.
      await limits.attempt(porSessao, familiaId);
      const tokenRenovacao = novoTokenDeRenovacao(environment.aleatorio);
      const novoTokenHash = hashDoToken(tokenRenovacao);
      const { ip, userAgent } = info;
      await sessoes.renovar({ sessaoId, tokenHash, novoTokenHash, agora, ip, userAgent });
      return { sessaoId, tokenRenovacao, vinculo, emitidoEm: agora };
    },
  );
  if (!aberta) throw sessaoInvalida();
  return tokensDe(issueAccessToken, aberta);
};
