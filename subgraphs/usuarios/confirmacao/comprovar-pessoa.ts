import { badUserInput } from '../../../platform/errors';
import { tidy } from '../../../platform/text';
import type { UsuariosContext } from '../context';
import type { NovoUsuario } from '../identidade/identidade.repository';
import { exigirSenhaDiferenteDoEmail, problemaDaSenha } from '../senha/senha.rules';
import { comTentativa } from '../senha/tentativas';
import { senhaIncorreta } from '../sessao/sessao.errors';

type Dependencies = Pick<
  UsuariosContext,
  'identity' | 'senhas' | 'environment' | 'info' | 'limits' | 'registrarRecusa' | 'registrarBloqueio'
>;

/** Who shows a token that was sent to this address, with the password that they have or choose. */
type Apresentada = { readonly email: string; readonly nome: string; readonly senha: string };

type PessoaComprovada = {
  readonly usuarioId: string;
  /** As the password is stored, or will be. */
  readonly senhaHash: string;
  /** The person to be, when there is none with the address. */
  readonly nova: NovoUsuario | null;
};

const exigirSenhaNova = (senha: string, email: string): void => {
  const problema = problemaDaSenha(senha);
  if (problema) throw badUserInput([{ campo: 'dados.senha', mensagem: `A senha ${problema}.` }]);
  exigirSenhaDiferenteDoEmail(senha, email);
};

/**
 * Who it is that has an address, as a token proved. Whoever is known by it gives the password as well: these tokens
 * begin a session, and a link that was forwarded or left open must not be a way into an account that is there. It is no
 * wall against whoever holds the mailbox: they can have the password replaced, if not unseen, since the old one is over
 * then and all sessions end. Whoever is not known chooses one.
 *
 * @throws CodedError UNAUTHENTICATED with motivo CREDENCIAIS_INVALIDAS for a wrong password and for a person who is not
 * active, RATE_LIMITED after too many, BAD_USER_INPUT for a new password that may not be one.
 */
export const comprovarPessoa = async (
  dependencies: Dependencies,
  { email, nome, senha }: Apresentada,
): Promise<PessoaComprovada> => {
  const { identity, senhas, environment, registrarRecusa } = dependencies;
  const credencial = await identity.run(({ credencialPorEmail }) => credencialPorEmail(email));
  if (!credencial) {
    exigirSenhaNova(senha, email);
    const [id, senhaHash] = [environment.novoId(), await senhas.hash(senha)];
    const nova = { id, nome: tidy(nome), email, senhaHash, ativo: true, criadoEm: environment.agora() };
    return { usuarioId: id, senhaHash, nova };
  }
  const { usuarioId, organizacaoId, senhaHash, ativo } = credencial;
  await comTentativa(dependencies, email, async () => {
    if ((await senhas.confere(senha, senhaHash)) && ativo) return;
    if (organizacaoId) registrarRecusa({ usuarioId, organizacaoId });
    throw senhaIncorreta();
  });
  return { usuarioId, senhaHash, nova: null };
};
