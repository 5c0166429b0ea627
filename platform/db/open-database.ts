import type { PrismaPg } from '@prisma/adapter-pg';
import { ScopedPool } from './scoped-pool';
import { createScopedPrisma } from './scoped-prisma';

/** Opens a domain's database: its Prisma client over a pool in which every statement has a tenant. */
export const openDatabase = <Client extends object>(
  Client: new (options: { adapter: PrismaPg }) => Client,
  connectionString: string,
) => {
  const pool = new ScopedPool({
    connectionString,
    // Nobody waits for ever: neither for a connection, nor for a statement, nor for who forgot a transaction.
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 60_000,
  });
  return { prisma: createScopedPrisma(Client, pool), stop: () => pool.end() };
};
