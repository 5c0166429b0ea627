import type { RequestInfo } from '../caller';
import type { Environment } from '../environment';
import { overloaded, unauthenticated } from '../errors';
import type { DomainEvent } from '../events/catalogue';
import { currentMutation } from './current-mutation';
import { claimKey, keepResult } from './idempotency';
import { isOverload } from './prisma-errors';
import { writeRecord } from './write-record';

/** Tagged-template SQL, as a Prisma client or transaction offers it. */
export type RawSql = {
  $executeRaw(sql: TemplateStringsArray, ...values: unknown[]): Promise<number>;
  $queryRaw<Rows>(sql: TemplateStringsArray, ...values: unknown[]): Promise<Rows>;
};

type Transactional<Tx> = {
  $transaction<Result>(
    work: (tx: Tx) => Promise<Result>,
    options: { timeout: number; maxWait: number },
  ): Promise<Result>;
};

/** Who changes something, and from where. */
export type Author = {
  readonly organizacaoId: string;
  readonly usuarioId: string;
  readonly sessaoId: string | null;
};

/** One change for the audit trail, with the event that tells the other domains of it. */
export type ChangeRecord = {
  /** `entidade.verbo`, for example `cliente.editar`. */
  readonly acao: string;
  readonly entidade: string;
  readonly id: string;
  /** Names of the fields that changed; never their values. */
  readonly campos: readonly string[];
  readonly evento: DomainEvent;
  /** The aggregate in whose order the event stands; the entity itself unless it is part of another. */
  readonly agregado?: { readonly tipo: string; readonly id: string };
};

/** What a unit of work answers, kept for a repeated request: ids and flags, no personal values. */
export type Outcome = { readonly id: string } & Readonly<Record<string, string | boolean>>;

type Dependencies<Tx, Repositories> = {
  readonly db: Transactional<Tx>;
  readonly repositories: (tx: Tx) => Repositories;
  /** Null when nobody signed in: then nothing is done. */
  readonly author: Author | null;
  readonly info: RequestInfo;
  readonly environment: Environment;
  /** What was read before the change must be read anew. */
  readonly afterCommit?: () => void;
};

export type Transaction<Repositories> = Repositories & {
  /** Adds a change to the audit trail and the outbox of this transaction. */
  readonly record: (change: ChangeRecord) => void;
};

export type UnitOfWork<Repositories> = <Result extends Outcome>(
  work: (transaction: Transaction<Repositories>) => Promise<Result>,
) => Promise<Result>;

const timeoutMs = 10_000;

/**
 * One transaction per mutation: the change, its audit and outbox rows, and its idempotency record commit
 * together or not at all. With an `Idempotency-Key` that was seen before, the work does not run and the
 * first outcome is answered.
 *
 * @throws CodedError UNAUTHENTICATED without an author, CONFLICT when the key was used with other arguments,
 * SUBGRAPH_UNAVAILABLE when no connection became free or the work took longer than 10 s.
 */
export const createUnitOfWork = <Tx extends RawSql, Repositories extends object>({
  db,
  repositories,
  author,
  info,
  environment,
  afterCommit,
}: Dependencies<Tx, Repositories>): UnitOfWork<Repositories> => {
  return async (work) => {
    if (!author) throw unauthenticated();
    const outcome = await db
      .$transaction(
        async (tx) => {
          const mutation = currentMutation();
          const claim =
            info.chaveIdempotencia && mutation
              ? { chave: info.chaveIdempotencia, mutation, author, agora: environment.agora() }
              : null;
          const earlier = claim && (await claimKey(tx, claim));
          if (earlier) return earlier as Awaited<ReturnType<typeof work>>;

          const changes: ChangeRecord[] = [];
          const outcome = await work({ ...repositories(tx), record: (change) => changes.push(change) });
          for (const change of changes) await writeRecord(tx, change, { author, info, environment });
          if (claim) await keepResult(tx, claim, outcome);
          return outcome;
        },
        { timeout: timeoutMs, maxWait: timeoutMs },
      )
      .catch((error: unknown) => {
        throw isOverload(error) ? overloaded() : error;
      });
    afterCommit?.();
    return outcome;
  };
};
