import { PrismaPg } from '@prisma/adapter-pg';
import { currentScope, type Scope } from './scope';
import type { ScopedPool } from './scoped-pool';
import { createStatementNames } from './statement-names';

/** A kept statement takes 20 to 60 kB of its connection's memory on the server. */
const namedStatements = 100;

type Batcher = { request(query: unknown): Promise<unknown> };
type BatcherClass = new (options: unknown) => Batcher;
type PrismaInternals = {
  readonly _requestHandler: { dataloader: Batcher & { readonly options?: unknown } };
};

/**
 * Prisma puts the `findUnique`s of one tick into one statement and sends them, like the members of a
 * `$transaction([...])`, from where the first of them was called: in its scope, whoever asked for the
 * others. With a batcher for each scope nobody is answered from another's rows.
 */
const batchByScope = (prisma: object): void => {
  const handler = (prisma as PrismaInternals)._requestHandler;
  const Batcher = handler.dataloader.constructor as BatcherClass;
  const { options } = handler.dataloader;
  const batchers = new WeakMap<Scope, Batcher>();
  const batcherOf = (scope: Scope): Batcher => {
    const known = batchers.get(scope);
    if (known) return known;
    const batcher = new Batcher(options);
    batchers.set(scope, batcher);
    return batcher;
  };
  handler.dataloader = { request: (query) => batcherOf(currentScope()).request(query) };
};

/** A Prisma client whose every statement, transaction and batch runs for the scope that asked for it. */
export const createScopedPrisma = <Client extends object>(
  Client: new (options: { adapter: PrismaPg }) => Client,
  pool: ScopedPool,
): Client => {
  const nameOf = createStatementNames(namedStatements);
  const prisma = new Client({
    adapter: new PrismaPg(pool, { statementNameGenerator: ({ sql }) => nameOf(sql) }),
  });
  batchByScope(prisma);
  return prisma;
};
