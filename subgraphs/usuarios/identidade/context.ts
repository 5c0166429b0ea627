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

const inIdentity =
  ({ prisma, createRepositories, info, environment }: Dependencies) =>
  <Result extends Outcome>(
    author: Author,
    work: (transaction: IdentityTransaction) => Promise<Result>,
  ): Promise<Result> => {
    const { organizacaoId } = author;
    const unitOfWork = createUnitOfWork({
      db: prisma,
      repositories: (tx: Prisma.TransactionClient) => ({
        ...createRepositories(tx, organizacaoId),
        identidade: createIdentidadeRepository(tx),
      }),
      author,
      info,
      environment,
    });
    return runInScope({ role: 'identidade', organizacaoId }, () => unitOfWork(work));
  };

/**
 * The only way into the scope of identity, for what happens before there is a Caller (registration,
 * login, renewal) and for the end of a session, over which the application's role has no right.
 */
export const createIdentity = ({ prisma, createRepositories, info, environment }: Dependencies) => ({
  /** Work of one statement, in no organization. */
  run: <Result>(work: (identidade: IdentidadeRepository) => Promise<Result>): Promise<Result> =>
    runInScope({ role: 'identidade' }, () => work(createIdentidadeRepository(prisma))),

  /** A unit of work in the author's organization. */
  unitOfWork: inIdentity({ prisma, createRepositories, info, environment }),

  /** One whose answer holds new tokens: it keeps no idempotency record, which would have to hold them too. */
  unitOfWorkWithTokens: inIdentity({
    prisma,
    createRepositories,
    info: { ...info, chaveIdempotencia: null },
    environment,
  }),
});

export type Identity = ReturnType<typeof createIdentity>;
