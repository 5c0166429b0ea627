import { unauthenticated } from '../../../platform/errors';

/** One answer for an unknown address, a wrong password, and a person or tie that is no longer active. */
export const credenciaisInvalidas = () =>
  unauthenticated('E-mail ou senha incorretos.', 'CREDENCIAIS_INVALIDAS');

export const sessaoInvalida = () => unauthenticated('Sua sessão terminou. Entre de novo.', 'SESSAO_INVALIDA');
