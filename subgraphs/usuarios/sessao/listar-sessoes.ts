import { requireCaller } from '../../../platform/permissions';
import type { UsuariosContext } from '../context';
import type { MinhaOrganizacao, Sessao } from './sessao.type';

type Dependencies = Pick<UsuariosContext, 'caller' | 'identity' | 'environment'>;

/**
 * The Caller's sessions, in all organizations.
 *
 * @throws CodedError UNAUTHENTICATED when nobody signed in.
 */
export const listarSessoes = async ({ caller, identity, environment }: Dependencies): Promise<Sessao[]> => {
  const { usuarioId, organizacaoId, sessaoId } = requireCaller(caller);
  const ativas = await identity.run(({ sessoes }) => sessoes.ativas(usuarioId, environment.agora()));
  return ativas.map(({ organizacao, ...sessao }) => ({
    ...sessao,
    atual: sessao.id === sessaoId,
    organizacao: { ...organizacao, atual: organizacao.id === organizacaoId },
  }));
};

/**
 * Where the Caller is an active member.
 *
 * @throws CodedError UNAUTHENTICATED when nobody signed in.
 */
export const minhasOrganizacoes = async ({
  caller,
  identity,
}: Pick<Dependencies, 'caller' | 'identity'>): Promise<MinhaOrganizacao[]> => {
  const { usuarioId, organizacaoId } = requireCaller(caller);
  const organizacoes = await identity.run(({ organizacoesDe }) => organizacoesDe(usuarioId));
  return organizacoes.map((organizacao) => ({ ...organizacao, atual: organizacao.id === organizacaoId }));
};
