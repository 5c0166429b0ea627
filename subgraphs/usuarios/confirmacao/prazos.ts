import type { TipoDeConfirmacao } from './confirmacao.repository';

const hourMs = 60 * 60 * 1000;

/** How long a token is good from when it was asked for, in milliseconds and in words. */
export const prazos: Readonly<Record<TipoDeConfirmacao, { readonly ms: number; readonly texto: string }>> = {
  REGISTRO: { ms: 24 * hourMs, texto: '24 horas' },
  CONVITE: { ms: 7 * 24 * hourMs, texto: '7 dias' },
  SENHA: { ms: hourMs, texto: '1 hora' },
};

export const expiraEm = (tipo: TipoDeConfirmacao, agora: Date): Date =>
  new Date(agora.getTime() + prazos[tipo].ms);
