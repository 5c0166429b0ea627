import type { Environment } from '../../../platform/environment';
import type { IdentityTransaction } from '../identidade/context';

type Dependencies = Pick<IdentityTransaction, 'organizacoes' | 'membros' | 'record'>;
type Fundacao = { readonly organizacaoId: string; readonly nome: string; readonly usuarioId: string };

/** Adds an organization with the person as its first ADMINISTRADOR. */
export const fundarOrganizacao = async (
  { organizacoes, membros, record }: Dependencies,
  { organizacaoId, nome, usuarioId }: Fundacao,
  { agora, novoId }: Environment,
): Promise<void> => {
  const criadaEm = agora();
  await organizacoes.inserir({ nome, criadaEm });
  await membros.inserir({
    id: novoId(),
    usuarioId,
    perfil: 'ADMINISTRADOR',
    ativo: true,
    criadoEm: criadaEm,
  });
  record({
    acao: 'organizacao.registrar',
    entidade: 'Organizacao',
    id: organizacaoId,
    campos: ['nome'],
    evento: { tipo: 'OrganizacaoCriada', dados: { organizacaoId } },
  });
};
