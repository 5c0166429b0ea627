import type { UsuariosContext } from '../context';
import type { IdentityTransaction } from '../identidade/context';
import { encerrarSessoes } from './encerrar-sessoes';
import { type SessaoAberta, tokensDe } from './iniciar-sessao';
import { hashDoToken, novoTokenDeRenovacao } from './refresh-token';
import { renovacaoSimultanea, sessaoInvalida } from './sessao.errors';
import type { DonoDaSessao } from './sessao.repository';
import type { RenovarSessaoInput, SessaoIniciada } from './sessao.type';

type Dependencies = Pick<UsuariosContext, 'identity' | 'issueAccessToken' | 'environment' | 'info'>;

/** Who comes with a used token so soon was overtaken by another tab of the same browser, not stolen from. */
const simultaneousMs = 10_000;

/** Ends a session whose refresh token came a second time: one of the two who had it was not meant to. */
const encerrarComprometida = async (
  transaction: IdentityTransaction,
  { sessaoId, usuarioId }: DonoDaSessao,
  environment: Dependencies['environment'],
): Promise<void> => {
  await encerrarSessoes(transaction, { usuarioId, id: sessaoId }, environment);
  transaction.record({
    acao: 'sessao.reuso',
    entidade: 'Sessao',
    id: sessaoId,
    campos: ['revogadaEm'],
    agregadoId: usuarioId,
    evento: { tipo: 'SessaoComprometida', dados: { usuarioId, sessaoId } },
  });
};

/**
 * Continues a session: a new access token, by what the person may do now, and a new refresh token in the place of the
 * given one. Of several renewals by the same token exactly one succeeds; one that comes more than 10 s later ends the
 * session for everybody.
 *
 * @throws CodedError UNAUTHENTICATED with motivo RENOVACAO_SIMULTANEA when the token was exchanged a moment ago, and
 * SESSAO_INVALIDA when it is unknown or was used before that, the session has ended, or the person or the tie to the
 * organization is no longer active.
 */
export const renovarSessao = async (
  { identity, issueAccessToken, environment, info }: Dependencies,
  { tokenRenovacao: given }: RenovarSessaoInput,
): Promise<SessaoIniciada> => {
  const tokenHash = hashDoToken(given);
  const dono = await identity.run(({ sessoes }) => sessoes.doToken(tokenHash));
  if (!dono) throw sessaoInvalida();
  const { sessaoId, usuarioId, organizacaoId } = dono;

  const aberta = await identity.unitOfWorkWithTokens(
    dono,
    async (transaction): Promise<SessaoAberta | null> => {
      const { vinculos, sessoes } = transaction;
      const vinculo = await vinculos.travar(usuarioId, organizacaoId);
      const sessao = await sessoes.travar(sessaoId, tokenHash);
      const agora = environment.agora();
      if (!vinculo || !sessao || sessao.revogadaEm || sessao.expiraEm <= agora) return null;
      if (sessao.usadoEm) {
        if (agora.getTime() - sessao.usadoEm.getTime() < simultaneousMs) throw renovacaoSimultanea();
        await encerrarComprometida(transaction, dono, environment);
        return null;
      }
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
