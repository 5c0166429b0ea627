import type { RequestInfo } from '../../../platform/caller';
import { runInScope } from '../../../platform/db/scope';
import {
  type Author,
  createUnitOfWork,
  type Outcome,
  type Transaction,
} from '../../../platform/db/unit-of-work';
import type { Environment } from '../../../platform/environment';
import type { Prisma, PrismaClient } from '../../../prisma/usuarios/client/client';
import type { Repositories } from '../context';
import { createIdentidadeRepository, type IdentidadeRepository } from './identidade.repository';

type Dependencies = {
  readonly prisma: PrismaClient;
  readonly createRepositories: (db: Prisma.TransactionClient, organizacaoId: string) => Repositories;
  readonly info: RequestInfo;
  readonly environment: Environment;
};

export type IdentityTransaction = Transaction<Repositories & { readonly identidade: IdentidadeRepository }>;

/**
 * The only way into the scope of identity, for what happens before there is a Caller (registration,
 * login, renewal) and for the end of a session, over which the application's role has no right.
 */
export const createIdentity = ({ prisma, createRepositories, info, environment }: Dependencies) => ({
  /** Work of one statement, in no organization. */
  run: <Result>(work: (identidade: IdentidadeRepository) => Promise<Result>): Promise<Result> =>
    runInScope({ role: 'identidade' }, () => work(createIdentidadeRepository(prisma))),

  /** A unit of work in the author's organization. Keeps no idempotency record: it would hold tokens. */
  unitOfWork: <Result extends Outcome>(
    author: Author,
    work: (transaction: IdentityTransaction) => Promise<Result>,
  ): Promise<Result> => {
    const unitOfWork = createUnitOfWork({
      db: prisma,
      repositories: (tx: Prisma.TransactionClient) => ({
        ...createRepositories(tx, author.organizacaoId),
        identidade: createIdentidadeRepository(tx),
      }),
      author,
      info: { ...info, chaveIdempotencia: null },
      environment,
    });
    return runInScope({ role: 'identidade', organizacaoId: author.organizacaoId }, () => unitOfWork(work));
  },
});

export type Identity = ReturnType<typeof createIdentity>;
