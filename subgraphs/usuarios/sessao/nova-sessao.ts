import type { ChangeRecord } from '../../../platform/db/unit-of-work';
import type { Environment } from '../../../platform/environment';
import { hashDoToken, novoTokenDeRenovacao } from './refresh-token';
import type { NovaSessao } from './sessao.repository';

const lifetimeMs = 30 * 24 * 60 * 60 * 1000;

/** A session that begins now and ends in 30 days, however often it is renewed. */
export const novaSessao = (
  usuarioId: string,
  { agora, novoId, aleatorio }: Environment,
): { readonly sessao: NovaSessao; readonly tokenRenovacao: string } => {
  const tokenRenovacao = novoTokenDeRenovacao(aleatorio);
  const criadaEm = agora();
  const sessao = {
    id: novoId(),
    usuarioId,
    tokenHash: hashDoToken(tokenRenovacao),
    criadaEm,
    usadaEm: criadaEm,
    expiraEm: new Date(criadaEm.getTime() + lifetimeMs),
  };
  return { sessao, tokenRenovacao };
};

/** That somebody signed in, as the other domains and the audit trail hear of it. */
export const usuarioAutenticado = ({ id, usuarioId }: NovaSessao): ChangeRecord => ({
  acao: 'sessao.entrar',
  entidade: 'Sessao',
  id,
  campos: [],
  agregadoId: usuarioId,
  evento: { tipo: 'UsuarioAutenticado', dados: { usuarioId, sessaoId: id } },
});
