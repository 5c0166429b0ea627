import { ConfigError } from '../../../platform/config';
import { normalizeEmail } from '../../../platform/scalars';
import type { FirstAdministrator, ProcessServices } from '../../../platform/subgraph/define-subgraph';
import { tidy } from '../../../platform/text';
import type { Identity } from '../identidade/context';
import type { Senhas } from '../senha/senha';
import { ehIgualAoEmail, problemaDaSenha } from '../senha/senha.rules';
import { criarUsuario } from '../usuario/criar-usuario';
import { fundarOrganizacao } from './fundar-organizacao';

type Dependencies = Pick<ProcessServices, 'environment' | 'announce'> & {
  readonly identity: Identity;
  readonly senhas: Senhas;
};

/** 120 bits: 20 characters to copy once. */
const randomPasswordBytes = 15;

const checked = ({ email: given, senha }: FirstAdministrator): string => {
  const email = normalizeEmail(given);
  if (!email) throw new ConfigError('TEIA_ADMIN_EMAIL: deve ser um e-mail.');
  if (senha === undefined) return email;
  const problema = problemaDaSenha(senha);
  if (problema) throw new ConfigError(`TEIA_ADMIN_SENHA: ${problema}.`);
  if (ehIgualAoEmail(senha, email)) throw new ConfigError('TEIA_ADMIN_SENHA: deve ser diferente do e-mail.');
  return email;
};

const linha = (email: string, senha: string): string =>
  `Primeiro administrador: ${email}, senha ${senha} (mostrada só desta vez; se a partida falhar, a próxima pode mostrar outra, e vale a última)`;

/**
 * Makes the first organization with its administrator when there is none; of two starts at once one makes
 * it. A password that was not given is made here, and shown this once.
 *
 * @throws ConfigError naming TEIA_ADMIN_EMAIL or TEIA_ADMIN_SENHA, when they are needed and not right.
 */
export const garantirPrimeiraOrganizacao = async (
  { identity, senhas, environment, announce }: Dependencies,
  first: FirstAdministrator,
): Promise<void> => {
  if (await identity.run(({ haOrganizacao }) => haOrganizacao())) return;
  const email = checked(first);
  const senha = first.senha ?? environment.aleatorio(randomPasswordBytes).toString('base64url');
  const usuario = {
    id: environment.novoId(),
    nome: 'Administrador',
    email,
    senhaHash: await senhas.hash(senha),
    ativo: true,
    criadoEm: environment.agora(),
  };
  const organizacaoId = environment.novoId();
  const author = { usuarioId: usuario.id, organizacaoId, sessaoId: null };
  await identity.unitOfWork(author, async (transaction) => {
    await transaction.identidade.travarInstalacao();
    const criada = !(await transaction.identidade.haOrganizacao());
    if (criada) {
      await criarUsuario(transaction, usuario);
      const nome = tidy(first.organizacao);
      await fundarOrganizacao(transaction, { organizacaoId, nome, usuarioId: usuario.id }, environment);
      // Before the commit: whoever dies between the two leaves a password that nobody needs, not one that nobody knows.
      if (first.senha === undefined) announce(linha(email, senha));
    }
    return { id: organizacaoId };
  });
};
