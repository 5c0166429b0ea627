import type { Config } from '../platform/config';

/** The login of the demo organization, which exists in development only. */
export const demoLogin = { email: 'demo@teia.dev', senha: 'demonstracao' } as const;

/**
 * Who administers the first organization of an installation. In development that is the demo one, with a
 * login that everybody knows; in production a password that is not given is made, and told once.
 */
export const firstAdministrator = (config: Config) => {
  const demo = config.NODE_ENV !== 'production';
  return {
    email: config.TEIA_ADMIN_EMAIL ?? (demo ? demoLogin.email : 'admin@teia.local'),
    senha: config.TEIA_ADMIN_SENHA ?? (demo ? demoLogin.senha : undefined),
    organizacao: config.TEIA_ORGANIZACAO ?? (demo ? 'Organização de Demonstração' : 'Minha Organização'),
  };
};
