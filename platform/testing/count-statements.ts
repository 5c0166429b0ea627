import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { currentScope, type Scope } from '../db/scope';
import type { DatabaseStatement } from '../db/scoped-client';

/**
 * Runs `work` and answers the SQL statements that were sent meanwhile; setting the tenant is none.
 *
 * @param role counts only those for such work, where other work goes on in the background.
 */
export const countStatements = async <Result>(work: () => Promise<Result>, role?: Scope['role']) => {
  const texts: string[] = [];
  const listen = (message: unknown) => {
    if (!role || currentScope().role === role) texts.push((message as DatabaseStatement).text);
  };
  subscribe('teia:db:statement', listen);
  try {
    return { result: await work(), texts };
  } finally {
    unsubscribe('teia:db:statement', listen);
  }
};
