import { hash, verify } from '@node-rs/argon2';

/** The first choice of OWASP's Password Storage Cheat Sheet for argon2id: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Of no password that anybody knows; checking one against it takes as long as against any other. */
export const hashDeNinguem =
  '$argon2id$v=19$m=19456,t=2,p=1$oerw+wR1QnsUG8F1EvuKPw$sE0GJJARtvWCD0lkwIKEJnL8f8CHm9E+XNsGJLHJd6M';

/** One password however its accents were typed: some keyboards compose them, others do not. */
export const normalizarSenha = (senha: string): string => senha.normalize('NFC');

/** Passwords by argon2id, computed in native code on a thread of its own (about 30 ms of one core). */
export const senhas = {
  /** The password as it is stored, in PHC string format. */
  hash: (senha: string): Promise<string> => hash(normalizarSenha(senha), cost),

  /** Whether it is the password behind the hash. Without one it never is, and that takes equally long. */
  confere: async (senha: string, stored: string | null): Promise<boolean> => {
    const matches = await verify(stored ?? hashDeNinguem, normalizarSenha(senha));
    return matches && stored !== null;
  },
};

export type Senhas = typeof senhas;
