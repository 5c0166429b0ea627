import type { UsuariosContext } from '../context';
import { comTentativa } from '../senha/tentativas';
import { iniciarSessao, tokensDe } from './iniciar-sessao';
import { credenciaisInvalidas } from './sessao.errors';
import type { EntrarInput, SessaoIniciada } from './sessao.type';

type Dependencies = Pick<
  UsuariosContext,
  | 'identity'
  | 'senhas'
  | 'issueAccessToken'
  | 'environment'
  | 'info'
  | 'limits'
  | 'registrarRecusa'
  | 'registrarBloqueio'
>;

/**
 * Begins a session in the organization that the person used last, or has belonged to for longest.
 *
 * An unknown address, a wrong password and a deactivated person or tie cost one query and one check of a
 * password each, and are answered alike. Refusals of people who are known are audited after the answer.
 *
 * @throws CodedError UNAUTHENTICATED with motivo CREDENCIAIS_INVALIDAS, RATE_LIMITED after too many attempts.
 */
export const entrar = (
  dependencies: Dependencies,
  { email, senha }: EntrarInput,
): Promise<SessaoIniciada> => {
  const { identity, senhas, issueAccessToken, environment, registrarRecusa } = dependencies;
  return comTentativa(dependencies, email, async () => {
    const credencial = await identity.run(({ credencialPorEmail }) => credencialPorEmail(email));
    const confere = await senhas.confere(senha, credencial?.senhaHash ?? null);
    if (!credencial?.organizacaoId) throw credenciaisInvalidas();
    const { usuarioId, organizacaoId, senhaHash, ativo } = credencial;
    if (!confere || !ativo) {
      registrarRecusa({ usuarioId, organizacaoId });
      throw credenciaisInvalidas();
    }

    const author = { usuarioId, organizacaoId, sessaoId: environment.novoId() };
    const aberta = await identity.unitOfWorkWithTokens(author, async (transaction) => {
      const aberta = await iniciarSessao(transaction, author, dependencies);
      // Asked once the person is locked: who changed the password meanwhile ended the sessions that were there then.
      if (!aberta || !(await transaction.identidade.temSenha(usuarioId, senhaHash))) {
        throw credenciaisInvalidas();
      }
      return aberta;
    });
    return tokensDe(issueAccessToken, aberta);
  });
};
