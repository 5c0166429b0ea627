import { unauthenticated } from '../../../platform/errors';

/** One answer for an unknown address, a wrong password, and a person or tie that is no longer active. */
export const credenciaisInvalidas = () =>
  unauthenticated('E-mail ou senha incorretos.', 'CREDENCIAIS_INVALIDAS');

export const senhaIncorreta = () => unauthenticated('A senha está incorreta.', 'CREDENCIAIS_INVALIDAS');

export const sessaoInvalida = () => unauthenticated('Sua sessão terminou. Entre de novo.', 'SESSAO_INVALIDA');

/** Another request exchanged the same token a moment ago. */
export const renovacaoSimultanea = () =>
  unauthenticated(
    'A sessão acabou de ser renovada por outra requisição. Use os tokens que ela recebeu.',
    'RENOVACAO_SIMULTANEA',
  );
