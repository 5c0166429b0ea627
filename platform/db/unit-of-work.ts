import type { RequestInfo } from '../caller';
import type { Environment } from '../environment';
import { overloaded, unauthenticated } from '../errors';
import type { DomainEvent } from '../events/catalogue';
import { currentMutation } from './current-mutation';
import {
  type Claim,
  claimKey,
  type Ending,
  findEnding,
  isLasting,
  keepOutcome,
  keepRefusal,
} from './idempotency';
import { isDeadlock, isOverload } from './prisma-errors';
import { writeRecords } from './write-record';

/** Tagged-template SQL, as a Prisma client or transaction offers it. */
export type RawSql = {
  $executeRaw(sql: TemplateStringsArray, ...values: unknown[]): Promise<number>;
  $queryRaw<Rows>(sql: TemplateStringsArray, ...values: unknown[]): Promise<Rows>;
};

export type Transactional<Tx> = {
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

/** The author of what nobody did who signed in has no person. */
export type AuthorOrSystem = Omit<Author, 'usuarioId'> & { readonly usuarioId: string | null };

/** One change for the audit trail, with the event that tells the other domains of it, if it concerns them. */
export type ChangeRecord = {
  /** `entidade.verbo`, for example `cliente.editar`. */
  readonly acao: string;
  readonly entidade: string;
  readonly id: string;
  /** Names of the fields that changed; never their values. */
  readonly campos: readonly string[];
  readonly evento?: DomainEvent;
  /** Of the aggregate in whose order the event stands; the entity itself unless it is part of another. */
  readonly agregadoId?: string;
};

/** What a unit of work answers, kept for a repeated request: ids and flags, no personal values. */
export type Outcome = { readonly id: string } & Readonly<Record<string, string | boolean>>;

type Dependencies<Tx, Repositories> = {
  readonly db: RawSql & Transactional<Tx>;
  readonly repositories: (tx: Tx) => Repositories;
  /** Null when nobody signed in: then nothing is done. */
  readonly author: AuthorOrSystem | null;
  readonly info: RequestInfo;
  readonly environment: Environment;
  /** What was read before the change must be read anew. */
  readonly afterCommit?: () => void;
};

export type Transaction<Repositories> = Repositories & {
  /** Adds a change to the audit trail and the outbox of this transaction. */
  readonly record: (change: ChangeRecord) => void;
};

/**
 * @param before asks other domains what has to be known first: outside of the transaction, which would wait
 * for them, and not again for a request that is repeated.
 */
export type UnitOfWork<Repositories> = <Result extends Outcome>(
  work: (transaction: Transaction<Repositories>) => Promise<Result>,
  before?: () => Promise<unknown>,
) => Promise<Result>;

const timeoutMs = 10_000;
/** Nobody waits longer than this for a connection, nor works longer on one. */
export const inOneTransaction = { timeout: timeoutMs, maxWait: timeoutMs };

/**
 * One transaction per mutation: the change, its event and audit record, and its idempotency record commit
 * together or not at all. With an `Idempotency-Key` that was seen before, neither the work nor what comes
 * before it runs, and the first outcome is answered, or the first refusal: an error that the data decided is
 * kept as well, in a transaction of its own.
 *
 * @throws CodedError UNAUTHENTICATED without an author, CONFLICT when the key was used with other arguments,
 * SUBGRAPH_UNAVAILABLE when no connection became free, the work took longer than 10 s, or it waited in a circle with
 * another one twice: after the first time it is done anew.
 */
export const createUnitOfWork = <Tx extends RawSql, Repositories extends object>({
  db,
  repositories,
  author,
  info,
  environment,
  afterCommit,
}: Dependencies<Tx, Repositories>): UnitOfWork<Repositories> => {
  const once = <Result>(work: (tx: Tx) => Promise<Result>) => db.$transaction(work, inOneTransaction);
  const inTransaction = <Result>(work: (tx: Tx) => Promise<Result>): Promise<Result> =>
    once(work)
      // Nothing of it was done, and the other one is through: it may as well be tried again.
      .catch((error: unknown) => (isDeadlock(error) ? once(work) : Promise.reject(error)))
      .catch((error: unknown) => {
        throw isOverload(error) || isDeadlock(error) ? overloaded() : error;
      });

  const claimOf = ({ usuarioId, ...author }: AuthorOrSystem): Claim | null => {
    const mutation = currentMutation();
    const chave = info.chaveIdempotencia;
    if (!chave || !mutation || usuarioId === null) return null;
    return { chave, mutation, author: { ...author, usuarioId }, agora: environment.agora() };
  };

  return async (work, before) => {
    if (!author) throw unauthenticated();
    const claim = claimOf(author);

    const perform = async (): Promise<Ending> => {
      await before?.();
      return inTransaction(async (tx) => {
        const earlier = claim && (await claimKey(tx, claim));
        if (earlier) return earlier;

        const changes: ChangeRecord[] = [];
        const outcome = await work({ ...repositories(tx), record: (change) => changes.push(change) });
        await writeRecords(tx, changes, { author, info, environment });
        if (claim) await keepOutcome(tx, claim, outcome);
        return { outcome };
      });
    };

    // Without anything to do before it, the claim itself finds what is kept.
    const earlier = claim && before && (await findEnding(db, claim));
    const ending =
      earlier ||
      (await perform().catch((error: unknown) => {
        if (!claim || !isLasting(error)) throw error;
        return inTransaction((tx) => keepRefusal(tx, claim, error));
      }));
    if ('refusal' in ending) throw ending.refusal;
    afterCommit?.();
    return ending.outcome as Awaited<ReturnType<typeof work>>;
  };
};
