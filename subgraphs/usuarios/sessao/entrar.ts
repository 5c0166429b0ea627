import type { UsuariosContext } from '../context';
import { novaSessao, usuarioAutenticado } from './nova-sessao';
import { credenciaisInvalidas } from './sessao.errors';
import type { EntrarInput, SessaoIniciada } from './sessao.type';

type Dependencies = Pick<UsuariosContext, 'identity' | 'senhas' | 'issueAccessToken' | 'environment'>;

/**
 * Begins a session in the organization that the person used last, or has belonged to for longest.
 *
 * An unknown address, a wrong password and a deactivated person or tie cost one query and one check of a
 * password each, and are answered alike.
 *
 * @throws CodedError UNAUTHENTICATED with motivo CREDENCIAIS_INVALIDAS.
 */
export const entrar = async (
  { identity, senhas, issueAccessToken, environment }: Dependencies,
  { email, senha }: EntrarInput,
): Promise<SessaoIniciada> => {
  const credencial = await identity.run(({ credencialPorEmail }) => credencialPorEmail(email));
  const confere = await senhas.confere(senha, credencial?.senhaHash ?? null);
  if (!confere || !credencial?.ativo || !credencial.vinculo) throw credenciaisInvalidas();

  const { vinculo } = credencial;
  const { usuarioId, organizacaoId } = vinculo;
  const { sessao, tokenRenovacao } = novaSessao(usuarioId, environment);
  const token = await issueAccessToken(vinculo, sessao.id);
  const author = { usuarioId, organizacaoId, sessaoId: sessao.id };
  await identity.unitOfWorkWithTokens(author, async ({ sessoes, record }) => {
    await sessoes.inserir(sessao);
    record(usuarioAutenticado(sessao));
    return { id: sessao.id };
  });
  return { ...token, tokenRenovacao, usuarioId, organizacaoId };
};
