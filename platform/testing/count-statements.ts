import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { DatabaseStatement } from '../db/scoped-client';

/** Runs `work` and answers the SQL statements that were sent meanwhile; setting the tenant is none. */
export const countStatements = async <Result>(work: () => Promise<Result>) => {
  const texts: string[] = [];
  const listen = (message: unknown) => texts.push((message as DatabaseStatement).text);
  subscribe('teia:db:statement', listen);
  try {
    return { result: await work(), texts };
  } finally {
    unsubscribe('teia:db:statement', listen);
  }
};
