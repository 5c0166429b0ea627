import type { RequestInfo } from '../../../platform/caller';
import type { Author } from '../../../platform/db/unit-of-work';
import type { Environment } from '../../../platform/environment';
import type { IdentityTransaction } from '../identidade/context';
import type { IssueAccessToken } from './access-token';
import { abrirLugar } from './encerrar-sessoes';
import { hashDoToken, novoTokenDeRenovacao } from './refresh-token';
import type { SessaoIniciada } from './sessao.type';
import type { Vinculo } from './vinculo';

const lifetimeMs = 30 * 24 * 60 * 60 * 1000;

/** A session of which tokens can be made once its transaction is committed. */
export type SessaoAberta = {
  readonly sessaoId: string;
  readonly tokenRenovacao: string;
  readonly vinculo: Vinculo;
  /** The instant that the access token will bear: read while what it says was locked. */
  readonly emitidoEm: Date;
};

/** Who enters where, and the id of the session to be: the author of the transaction in which it begins. */
export type QuemEntra = Author & { readonly sessaoId: string };

type Circumstances = { readonly info: RequestInfo; readonly environment: Environment };

/** The session that another goes on from: it ends when that one would have, and its used tokens end both. */
export type SessaoAnterior = { readonly familiaId: string; readonly expiraEm: Date };

/**
 * Begins a session of 30 days, however often it is renewed and wherever it goes on. Null, and nothing done, when the
 * person or the tie to the organization is missing or inactive. It locks the person: of more than 100 sessions at once
 * the ones that were not used for longest end.
 */
export const iniciarSessao = async (
  transaction: IdentityTransaction,
  { usuarioId, organizacaoId, sessaoId }: QuemEntra,
  { info, environment }: Circumstances,
  anterior?: SessaoAnterior,
): Promise<SessaoAberta | null> => {
  const { identidade, vinculos, sessoes, record } = transaction;
  if (!(await identidade.travarUsuario(usuarioId))) return null;
  const vinculo = await vinculos.travar(usuarioId, organizacaoId);
  if (!vinculo) return null;
  await abrirLugar(transaction, { usuarioId, organizacaoId }, environment);
  const tokenRenovacao = novoTokenDeRenovacao(environment.aleatorio);
  const emitidoEm = environment.agora();
  await sessoes.inserir({
    id: sessaoId,
    organizacaoId,
    usuarioId,
    tokenHash: hashDoToken(tokenRenovacao),
    criadaEm: emitidoEm,
    usadaEm: emitidoEm,
    expiraEm: anterior?.expiraEm ?? new Date(emitidoEm.getTime() + lifetimeMs),
    ip: info.ip,
    userAgent: info.userAgent,
    familiaId: anterior?.familiaId ?? null,
  });
  record({
    acao: 'sessao.entrar',
    entidade: 'Sessao',
    id: sessaoId,
    campos: [],
    agregadoId: usuarioId,
    evento: { tipo: 'UsuarioAutenticado', dados: { usuarioId, sessaoId } },
  });
  return { sessaoId, tokenRenovacao, vinculo, emitidoEm };
};

/** The tokens of a session, as its client is given them; call it after the commit. */
export const tokensDe = async (
  issueAccessToken: IssueAccessToken,
  { sessaoId, tokenRenovacao, vinculo, emitidoEm }: SessaoAberta,
): Promise<SessaoIniciada> => {
  const { usuarioId, organizacaoId } = vinculo;
  const token = await issueAccessToken(vinculo, sessaoId, emitidoEm);
  return { ...token, tokenRenovacao, usuarioId, organizacaoId };
};
