import type { Config } from './config';

/** The login of the demo organization, which exists in development only. */
export const demoLogin = { email: 'demo@teia.dev', senha: 'demonstracao' } as const;

/** Whether the first administrator is the one that everybody knows. */
export const hasDemoLogin = ({ NODE_ENV, TEIA_ADMIN_EMAIL, TEIA_ADMIN_SENHA }: Config): boolean =>
  NODE_ENV !== 'production' && !TEIA_ADMIN_EMAIL && !TEIA_ADMIN_SENHA;

/**
 * Who administers the first organization of an installation. In development that is the demo one, with a
 * login that everybody knows unless another is given; in production a password that is not given is made,
 * and told once.
 */
export const firstAdministrator = (config: Config) => {
  const isDemo = config.NODE_ENV !== 'production';
  return {
    email: config.TEIA_ADMIN_EMAIL ?? (isDemo ? demoLogin.email : 'admin@teia.local'),
    senha: config.TEIA_ADMIN_SENHA ?? (hasDemoLogin(config) ? demoLogin.senha : undefined),
    organizacao: config.TEIA_ORGANIZACAO ?? (isDemo ? 'Organização de Demonstração' : 'Minha Organização'),
  };
};
