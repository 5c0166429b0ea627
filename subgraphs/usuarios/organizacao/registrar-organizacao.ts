import { conflict } from '../../../platform/errors';
import { tidy } from '../../../platform/text';
import type { UsuariosContext } from '../context';
import { exigirSenhaDiferenteDoEmail } from '../senha/senha.rules';
import { novaSessao, usuarioAutenticado } from '../sessao/nova-sessao';
import type { SessaoIniciada } from '../sessao/sessao.type';
import { criarUsuario } from '../usuario/criar-usuario';
import { fundarOrganizacao } from './fundar-organizacao';
import type { RegistrarOrganizacaoInput } from './organizacao.type';

type Dependencies = Pick<UsuariosContext, 'identity' | 'senhas' | 'issueAccessToken' | 'environment'>;

const cadastroNaoConcluido = () =>
  conflict(
    'CADASTRO_NAO_CONCLUIDO',
    'Não foi possível concluir o cadastro com estes dados. Se você já usa o sistema, informe a sua senha atual.',
  );

/** The person to be, or null for one who is there already and gave the right password. */
const identificar = async (
  { identity, senhas, environment }: Dependencies,
  { nome, email, senha }: RegistrarOrganizacaoInput,
) => {
  const credencial = await identity.run(({ credencialPorEmail }) => credencialPorEmail(email));
  if (credencial) {
    const confere = await senhas.confere(senha, credencial.senhaHash);
    if (!confere || !credencial.ativo) throw cadastroNaoConcluido();
    return { usuarioId: credencial.usuarioId, novo: null };
  }
  const id = environment.novoId();
  const senhaHash = await senhas.hash(senha);
  return {
    usuarioId: id,
    novo: { id, nome: tidy(nome), email, senhaHash, ativo: true, criadoEm: environment.agora() },
  };
};

/**
 * Registers an organization with its first administrator, and signs that person in.
 *
 * An address that is somebody's already gets the new organization when the password is that person's.
 * Otherwise the answer does not say what was wrong, and every way to it costs one query and one computation
 * of a password hash; that there is a refusal still hints at the address, until it is confirmed by e-mail.
 * Of several registrations of a new address at once one creates the person, and those that overlap with it
 * are refused.
 *
 * @throws CodedError CONFLICT with motivo CADASTRO_NAO_CONCLUIDO, BAD_USER_INPUT when the password is the
 * e-mail.
 */
export const registrarOrganizacao = async (
  dependencies: Dependencies,
  dados: RegistrarOrganizacaoInput,
): Promise<SessaoIniciada> => {
  const { identity, issueAccessToken, environment } = dependencies;
  exigirSenhaDiferenteDoEmail(dados.senha, dados.email);
  const { usuarioId, novo } = await identificar(dependencies, dados);

  const organizacaoId = environment.novoId();
  const { sessao, tokenRenovacao } = novaSessao(usuarioId, environment);
  const token = await issueAccessToken({ usuarioId, organizacaoId, perfil: 'ADMINISTRADOR' }, sessao.id);
  const author = { usuarioId, organizacaoId, sessaoId: sessao.id };
  await identity.unitOfWorkWithTokens(author, async (transaction) => {
    if (novo && !(await criarUsuario(transaction, novo))) throw cadastroNaoConcluido();
    const nome = tidy(dados.organizacao);
    await fundarOrganizacao(transaction, { organizacaoId, nome, usuarioId }, environment);
    await transaction.sessoes.inserir(sessao);
    transaction.record(usuarioAutenticado(sessao));
    return { id: organizacaoId };
  });
  return { ...token, tokenRenovacao, usuarioId, organizacaoId };
};
