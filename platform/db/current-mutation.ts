import { AsyncLocalStorage } from 'node:async_hooks';

/** The mutation being executed, as the client sent it. */
export type CurrentMutation = {
  /** The field's name, for example `criarCliente`. */
  readonly operacao: string;
  /** Its response path: the alias, when it has one, or the digest of a long one. Tells two calls of one request apart. */
  readonly caminho: string;
  /** SHA-256 of its arguments, base64url. */
  readonly resumo: string;
};

const storage = new AsyncLocalStorage<CurrentMutation>();

export const runInMutation = <T>(mutation: CurrentMutation, work: () => T): T => storage.run(mutation, work);

/** The mutation in whose resolver this runs, or undefined outside of one (a seed, a job). */
export const currentMutation = (): CurrentMutation | undefined => storage.getStore();
