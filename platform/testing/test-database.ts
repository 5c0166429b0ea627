import { randomUUID } from 'node:crypto';
import { databaseUrl } from '../db/provision';
import { templatePrefix, testServer } from './test-server';
import { queryOnce } from './with-client';

const asAdmin = (sql: string) => queryOnce(testServer().adminUrl, sql);

/**
 * A database of a subgraph for one test file: migrated, empty, gone after `drop`.
 *
 * @param group what databases of one installation have in common in their names.
 */
export const createTestDatabase = async (subgraph: string, group: string = randomUUID()) => {
  const name = `t_${group.replaceAll('-', '')}_${subgraph}`;
  await asAdmin(`CREATE DATABASE ${name} TEMPLATE ${templatePrefix}_${subgraph} OWNER teia_dono`);
  return {
    /** As the application's login. */
    url: databaseUrl(testServer().appUrl, name),
    /** As a superuser, whom row-level security does not bind. */
    adminUrl: databaseUrl(testServer().adminUrl, name),
    drop: async (): Promise<void> => {
      await asAdmin(`DROP DATABASE ${name} WITH (FORCE)`);
    },
  };
};
