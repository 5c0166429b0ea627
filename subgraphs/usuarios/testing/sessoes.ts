import { randomUUID } from 'node:crypto';
import { decodeJwt } from 'jose';
import type { Caller } from '../../../platform/caller';
import type { Permissoes } from '../../../platform/permissions';
import { aCaller } from '../../../platform/testing/callers';
import { senha, type Usuarios } from './start-usuarios';

export const entrar = `mutation ($email: Email!, $senha: String!) {
  entrar(dados: { email: $email, senha: $senha }) {
    tokenAcesso tokenRenovacao expiraEm
    usuario { id nome email membro { organizacao { nome } usuario { nome } } }
  }
}`;
export const renovar = `mutation ($token: String!) {
  renovarSessao(dados: { tokenRenovacao: $token }) { tokenAcesso tokenRenovacao usuario { id nome } }
}`;

export const sessaoInvalida = { code: 'UNAUTHENTICATED', motivo: 'SESSAO_INVALIDA' };

/** Who the router would say asks with this token. */
export const callerOf = (tokenAcesso: string): Caller => {
  const { sub, org, sid, permissoes } = decodeJwt<{ org: string; sid: string; permissoes: Permissoes }>(
    tokenAcesso,
  );
  return aCaller({ usuarioId: sub, organizacaoId: org, sessaoId: sid, permissoes });
};

export const createSessoes = (usuarios: Usuarios) => {
  const entrado = async (email: string) => (await usuarios.data(entrar, { email, senha })).entrar;
  return {
    entrado,
    renovado: async (token: string) => (await usuarios.data(renovar, { token })).renovarSessao,
    /** Somebody new, with an organization and a session. */
    pessoa: async () => {
      const email = `${randomUUID()}@exemplo.com`;
      await usuarios.registrado({ email });
      const sessao = await entrado(email);
      return { email, sessao, caller: callerOf(sessao.tokenAcesso) };
    },
  };
};

export type Sessoes = ReturnType<typeof createSessoes>;
