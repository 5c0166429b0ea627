import type { Environment } from '../../../platform/environment';
import type { IdentityTransaction } from '../identidade/context';
import { adicionarMembro } from '../membro/adicionar-membro';
import { PerfilEmbutido, perfisEmbutidos } from '../perfil/perfis-embutidos';

type Dependencies = Pick<IdentityTransaction, 'organizacoes' | 'membros' | 'perfis' | 'record'>;
type Fundacao = { readonly organizacaoId: string; readonly nome: string; readonly usuarioId: string };

/** Adds an organization with the built-in perfis, and with the person as its first Administrador. */
export const fundarOrganizacao = async (
  transaction: Dependencies,
  { organizacaoId, nome, usuarioId }: Fundacao,
  environment: Environment,
): Promise<void> => {
  const { organizacoes, perfis, record } = transaction;
  const criadaEm = environment.agora();
  await organizacoes.inserir({ nome, criadaEm });
  const embutidos = Object.values(PerfilEmbutido).map((embutido) => ({
    id: environment.novoId(),
    nome: perfisEmbutidos[embutido].nome,
    embutido,
    concessoes: [],
    versao: 1,
    criadoEm: criadaEm,
  }));
  await perfis.inserir(embutidos);
  record({
    acao: 'organizacao.registrar',
    entidade: 'Organizacao',
    id: organizacaoId,
    campos: ['nome'],
    evento: { tipo: 'OrganizacaoCriada', dados: { organizacaoId } },
  });
  const perfilIds = embutidos.filter(({ embutido }) => embutido === 'ADMINISTRADOR').map(({ id }) => id);
  await adicionarMembro(transaction, { usuarioId, perfilIds }, environment);
};
