import type { PrismaPg } from '@prisma/adapter-pg';
import { startKeyExpiry } from './expire-keys';
import { ScopedPool } from './scoped-pool';
import { createScopedPrisma } from './scoped-prisma';
import type { RawSql } from './unit-of-work';

/**
 * Opens a domain's database: its Prisma client over a pool in which every statement has a tenant. As long as
 * it is open, what has expired in it is deleted.
 */
export const openDatabase = <Client extends RawSql>(
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
  const prisma = createScopedPrisma(Client, pool);
  const stopExpiry = startKeyExpiry(prisma);
  return {
    prisma,
    stop: async () => {
      await stopExpiry();
      await pool.end();
    },
  };
};
