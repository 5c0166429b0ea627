import { type DependenciasDaEntrada, entrarPorToken } from '../confirmacao/entrar-por-token';
import { lerToken } from '../confirmacao/ler-token';
import { tokenDeEmailInvalido } from '../confirmacao/token-de-email';
import type { IdentityTransaction } from '../identidade/context';
import { adicionarMembro } from '../membro/adicionar-membro';
import { podeReadmitir } from '../membro/membro.rules';
import { abrange, permissoesDosPerfis } from '../perfil/concessoes';
import type { SessaoIniciada } from '../sessao/sessao.type';
import type { AceitarConviteInput } from './convite.input';
import type { ConviteGravado } from './convite.repository';
import { situacaoDe } from './convite.rules';

type Dependencies = DependenciasDaEntrada;

/**
 * Whether whoever sent the invitation could still send it. Otherwise somebody who is shown the door could leave another
 * one open for 7 days, for themselves.
 */
const aindaPodeConvidar = async (
  { vinculos, perfis, membros }: Pick<IdentityTransaction, 'vinculos' | 'perfis' | 'membros'>,
  { convidadoPor, perfilIds, email }: ConviteGravado,
  organizacaoId: string,
): Promise<boolean> => {
  const quemConvida = await vinculos.ler(convidadoPor, organizacaoId);
  if (!quemConvida?.permissoes['usuarios:convidar']) return false;
  const dados = permissoesDosPerfis(await perfis.porIds(perfilIds));
  if (!abrange(quemConvida.permissoes, dados)) return false;
  const membro = await membros.comEmail(email);
  return !membro || membro.ativo || podeReadmitir({ perfis }, quemConvida.permissoes, membro);
};

/**
 * Lets a person into the organization that invited their address, with the perfis of the invitation that are still
 * there; a person who is not there yet is created. Whoever is a Membro by now keeps the perfis that they have.
 *
 * @throws CodedError UNAUTHENTICATED with motivo TOKEN_DE_EMAIL_INVALIDO also for an invitation that was cancelled, or
 * that its sender might not send any more; as `lerToken` and `entrarPorToken` otherwise.
 */
export const aceitarConvite = async (
  dependencies: Dependencies,
  { token, nome, senha }: AceitarConviteInput,
): Promise<SessaoIniciada> => {
  const { environment } = dependencies;
  const lido = await lerToken(dependencies, 'CONVITE', token);
  const organizacaoId = lido.conviteOrganizacaoId!;
  const entrada = { lido, organizacaoId, nome, senha };
  return entrarPorToken(dependencies, entrada, async (transaction, usuarioId) => {
    const { organizacoes, convites, record } = transaction;
    // Nobody cancels it from here on, nor changes what its sender may do.
    await organizacoes.travar();
    const agora = environment.agora();
    const [convite] = await convites.porIds([lido.conviteId!]);
    if (!convite || situacaoDe(convite, agora) !== 'ABERTO') throw tokenDeEmailInvalido();
    if (!(await aindaPodeConvidar(transaction, convite, organizacaoId))) throw tokenDeEmailInvalido();
    const { id: conviteId, perfilIds } = convite;
    await convites.encerrar(conviteId, 'aceitoEm', agora);
    record({
      acao: 'convite.aceitar',
      entidade: 'Convite',
      id: conviteId,
      campos: ['situacao'],
      evento: { tipo: 'ConviteAceito', dados: { conviteId, usuarioId } },
    });
    await adicionarMembro(transaction, { usuarioId, perfilIds }, environment);
  });
};
