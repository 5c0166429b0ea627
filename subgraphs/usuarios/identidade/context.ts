import type { RequestInfo } from '../../../platform/caller';
import { runInScope } from '../../../platform/db/scope';
import {
  type AuthorOrSystem,
  type ChangeRecord,
  createUnitOfWork,
  type Outcome,
  type Transaction,
} from '../../../platform/db/unit-of-work';
import { writeRecords } from '../../../platform/db/write-record';
import type { Environment } from '../../../platform/environment';
import type { Signals } from '../../../platform/signals/signals';
import type { Prisma, PrismaClient } from '../../../prisma/usuarios/client/client';
import {
  type ConfirmacaoRepository,
  createConfirmacaoRepository,
} from '../confirmacao/confirmacao.repository';
import type { Repositories } from '../context';
import { createRevogacaoRepository, type RevogacaoRepository } from '../revogacao/revogacao.repository';
import { createSessaoRepository, type SessaoRepository } from '../sessao/sessao.repository';
import { createVinculoRepository, type VinculoRepository } from '../sessao/vinculo.repository';
import { createIdentidadeRepository, type IdentidadeRepository } from './identidade.repository';

type Dependencies = {
  readonly prisma: PrismaClient;
  readonly createRepositories: (db: Prisma.TransactionClient, organizacaoId: string) => Repositories;
  readonly info: RequestInfo;
  readonly environment: Environment;
  readonly signals: Signals;
  /** What was read before a change must be read anew. */
  readonly afterCommit?: () => void;
};

export type IdentityTransaction = Transaction<
  Repositories & {
    readonly identidade: IdentidadeRepository;
    readonly vinculos: VinculoRepository;
    readonly sessoes: SessaoRepository;
    readonly revogacoes: RevogacaoRepository;
    readonly confirmacoes: ConfirmacaoRepository;
    /** As `record`, in another organization that the change concerns as well; it is written at once. */
    readonly recordIn: (organizacaoId: string, change: ChangeRecord) => Promise<void>;
  }
>;

/** What is read in no organization. */
type Reads = IdentidadeRepository & {
  readonly sessoes: Pick<SessaoRepository, 'doToken' | 'ativas'>;
  readonly confirmacoes: ConfirmacaoRepository;
};

const setOrganization = (tx: Prisma.TransactionClient, organizacaoId: string) =>
  tx.$executeRaw`SELECT set_config('teia.organizacao', ${organizacaoId}, true)`;

const inIdentity =
  ({ prisma, createRepositories, info, environment, signals, afterCommit }: Dependencies) =>
  <Result extends Outcome>(
    author: AuthorOrSystem,
    work: (transaction: IdentityTransaction) => Promise<Result>,
    before?: () => Promise<unknown>,
  ): Promise<Result> => {
    const { organizacaoId } = author;
    let revoked = false;
    const noteRevoked = () => {
      revoked = true;
    };
    const unitOfWork = createUnitOfWork({
      db: prisma,
      repositories: (tx: Prisma.TransactionClient) => ({
        ...createRepositories(tx, organizacaoId),
        identidade: createIdentidadeRepository(tx),
        vinculos: createVinculoRepository(tx),
        sessoes: createSessaoRepository(tx),
        revogacoes: createRevogacaoRepository(tx, environment.novoId, noteRevoked),
        confirmacoes: createConfirmacaoRepository(tx),
        recordIn: async (other: string, change: ChangeRecord) => {
          await setOrganization(tx, other);
          await writeRecords(tx, [change], {
            author: { ...author, organizacaoId: other },
            info,
            environment,
          });
          await setOrganization(tx, organizacaoId);
        },
      }),
      author,
      info,
      environment,
      afterCommit: () => {
        afterCommit?.();
        if (revoked) void signals.signal('revogacoes');
      },
    });
    return runInScope({ role: 'identidade', organizacaoId }, () => unitOfWork(work, before));
  };

/**
 * The only way into the scope of identity: for what happens before there is a Caller (registration, login, renewal),
 * and for what decides who gets in and may do what, over which the application's role has no right.
 */
export const createIdentity = (dependencies: Dependencies) => {
  const { prisma, info } = dependencies;
  const withoutKey = inIdentity({ ...dependencies, info: { ...info, chaveIdempotencia: null } });
  return {
    /** Work of one statement, in no organization. */
    run: <Result>(work: (reads: Reads) => Promise<Result>): Promise<Result> =>
      runInScope({ role: 'identidade' }, () =>
        work({
          ...createIdentidadeRepository(prisma),
          sessoes: createSessaoRepository(prisma),
          confirmacoes: createConfirmacaoRepository(prisma),
        }),
      ),

    /** A unit of work in the author's organization. Where it revokes access, the routers are told after the commit. */
    unitOfWork: inIdentity(dependencies),

    /**
     * One that takes or answers what nothing may keep, tokens and passwords: it keeps no idempotency record, which
     * would have to hold them or a digest of them. It may answer anything.
     */
    unitOfWorkWithTokens: async <Result>(
      author: AuthorOrSystem,
      work: (transaction: IdentityTransaction) => Promise<Result>,
    ): Promise<Result> => {
      let result!: Result;
      await withoutKey(author, async (transaction) => {
        result = await work(transaction);
        return { id: author.organizacaoId };
      });
      return result;
    },
  };
};

export type Identity = ReturnType<typeof createIdentity>;
