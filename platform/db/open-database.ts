import type { PrismaPg } from '@prisma/adapter-pg';
import { ScopedPool } from './scoped-pool';
import { createScopedPrisma } from './scoped-prisma';

/** Opens a domain's database: its Prisma client over a pool in which every statement has a tenant. */
export const openDatabase = <Client extends object>(
  Client: new (options: { adapter: PrismaPg }) => Client,
  connectionString: string,
) => {
  const pool = new ScopedPool({ connectionString });
  return { prisma: createScopedPrisma(Client, pool), stop: () => pool.end() };
};
