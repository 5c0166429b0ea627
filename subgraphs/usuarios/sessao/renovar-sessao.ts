import type { UsuariosContext } from '../context';
import { hashDoToken, novoTokenDeRenovacao } from './refresh-token';
import { sessaoInvalida } from './sessao.errors';
import type { RenovarSessaoInput, SessaoIniciada } from './sessao.type';

type Dependencies = Pick<UsuariosContext, 'identity' | 'issueAccessToken' | 'environment'>;

/**
 * Continues a session: a new access token, and a new refresh token in the place of the given one. Of
 * several renewals by the same token exactly one succeeds.
 *
 * @throws CodedError UNAUTHENTICATED with motivo SESSAO_INVALIDA when the token is unknown or used, the
 * session has ended, or the person or the tie to the organization is no longer active.
 */
export const renovarSessao = async (
  { identity, issueAccessToken, environment }: Dependencies,
  { tokenRenovacao: given }: RenovarSessaoInput,
): Promise<SessaoIniciada> => {
  const tokenRenovacao = novoTokenDeRenovacao(environment.aleatorio);
  const renovada = await identity.run((identidade) =>
    identidade.renovarSessao({
      tokenHash: hashDoToken(given),
      novoTokenHash: hashDoToken(tokenRenovacao),
      agora: environment.agora(),
    }),
  );
  if (!renovada) throw sessaoInvalida();
  const { sessaoId, ...vinculo } = renovada;
  const { usuarioId, organizacaoId } = vinculo;
  return { ...(await issueAccessToken(vinculo, sessaoId)), tokenRenovacao, usuarioId, organizacaoId };
};
