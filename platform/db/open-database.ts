import type { PrismaPg } from '@prisma/adapter-pg';
import type { PoolConfig } from 'pg';
import { type DeleteExpired, startExpiry } from './expire-rows';
import { ScopedPool } from './scoped-pool';
import { createScopedPrisma } from './scoped-prisma';
import type { RawSql } from './unit-of-work';

type ClientClass<Client> = new (options: { adapter: PrismaPg }) => Client;

const openPool = <Client extends object>(Client: ClientClass<Client>, config: PoolConfig) => {
  const pool = new ScopedPool(config);
  return { prisma: createScopedPrisma(Client, pool), close: () => pool.end() };
};

/**
 * Opens a domain's database: its Prisma client over a pool in which every statement has a tenant. As long as
 * it is open, what has expired in it is deleted.
 *
 * @param expiring what expires in this domain beside what does in all.
 */
export const openDatabase = <Client extends RawSql>(
  Client: ClientClass<Client>,
  connectionString: string,
  expiring: readonly DeleteExpired[] = [],
) => {
  const { prisma, close } = openPool(Client, {
    connectionString,
    // Nobody waits for ever: neither for a connection, nor for a statement, nor for who forgot a transaction.
    connectionTimeoutMillis: 5_000,
    statement_timeout: 30_000,
    idle_in_transaction_session_timeout: 60_000,
  });
  const stopExpiry = startExpiry(prisma, { also: expiring });
  return {
    prisma,
    stop: async () => {
      await stopExpiry();
      await close();
    },
  };
};

/**
 * Opens one connection more to a domain's database, for what must be answered however many wait for those of the pool.
 *
 * @param answerMs how long to wait, in milliseconds: for the connection, and for an answer. One that does not answer in
 *   time is given up for another.
 */
export const openReserved = <Client extends RawSql>(
  Client: ClientClass<Client>,
  connectionString: string,
  answerMs: number,
) =>
  openPool(Client, {
    connectionString,
    max: 1,
    connectionTimeoutMillis: answerMs,
    statement_timeout: answerMs,
    query_timeout: answerMs,
  });
