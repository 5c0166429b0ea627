import { AsyncLocalStorage } from 'node:async_hooks';
import { isUuid } from '../uuid';

/** The database role behind each kind of work, with grants and policies of its own. */
export const databaseRoles = {
  inquilino: 'teia_aplicacao',
  identidade: 'teia_identidade',
  eventos: 'teia_eventos',
  limpeza: 'teia_limpeza',
  selagem: 'teia_auditoria',
} as const;

/** Work that has no tenant yet, or not only one. */
type NamedWork = Exclude<keyof typeof databaseRoles, 'inquilino'>;

/** For whom the database works: for one organization, or for a named work that may touch more. */
export type Scope =
  | { readonly role: 'inquilino'; readonly organizacaoId: string }
  | { readonly role: NamedWork; readonly organizacaoId?: string };

const storage = new AsyncLocalStorage<Scope>();

/**
 * Runs `work`, and all that it awaits, with every database statement scoped to `scope`. Meant for the
 * places where a request or a job enters; a named work may be nested where it is needed.
 *
 * @throws TypeError when `organizacaoId` is not a UUID, before `work` runs.
 */
export const runInScope = async <Result>(scope: Scope, work: () => PromiseLike<Result>): Promise<Result> => {
  const { role, organizacaoId } = scope;
  if ((role === 'inquilino' || organizacaoId !== undefined) && !isUuid(String(organizacaoId))) {
    throw new TypeError(`The organizacaoId of a database scope (${role}) must be a UUID.`);
  }
  // A copy: what was checked here ends up in the text of a BEGIN.
  // The await: a Prisma promise begins its work only then, and has to do so inside.
  return storage.run({ ...scope }, async () => await work());
};

/**
 * The scope of the running work.
 *
 * @throws Error outside of `runInScope`: a mistake in the program, never a state to handle.
 */
export const currentScope = (): Scope => {
  const scope = storage.getStore();
  if (!scope) throw new Error('No database scope: enter this work through runInScope().');
  return scope;
};
