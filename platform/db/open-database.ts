import type { PrismaPg } from '@prisma/adapter-pg';
import { type DeleteExpired, startExpiry } from './expire-rows';
import { ScopedPool } from './scoped-pool';
import { createScopedPrisma } from './scoped-prisma';
import type { RawSql } from './unit-of-work';

/**
 * Opens a domain's database: its Prisma client over a pool in which every statement has a tenant. As long as
 * it is open, what has expired in it is deleted.
 *
 * @param expiring what expires in this domain beside what does in all.
 */
export const openDatabase = <Client extends RawSql>(
  Client: new (options: { adapter: PrismaPg }) => Client,
  connectionString: string,
  expiring: readonly DeleteExpired[] = [],
) => {
  const pool = new ScopedPool({
    connectionString,
    // Nobody waits for ever: neither for a connection, nor for a statement, nor for who forgot a transaction.
    connectionTimeoutMillis: 10_000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 60_000,
  });
  const prisma = createScopedPrisma(Client, pool);
  const stopExpiry = startExpiry(prisma, { also: expiring });
  return {
    prisma,
    stop: async () => {
      await stopExpiry();
      await pool.end();
    },
  };
};
