import { setTimeout as sleep } from 'node:timers/promises';
import { bounded } from '../../platform/bounded';
import type { Caller } from '../../platform/caller';
import type { Environment } from '../../platform/environment';
import { unavailable } from '../../platform/errors';
import { logSparingly } from '../../platform/log-sparingly';
import { InvalidTokenError } from '../../platform/verified-jwt';
import type { ReadRevocations } from './read-revocations';
import { createRevocationIndex } from './revocation-index';

/** From the beginning of a read to that of the next, whether somebody signals or not. */
const everyMs = 2_000;
/** From the end of a read to the beginning of the next, however many signals there are. */
const shortestPauseMs = 200;
/** How long a read may take: what is registered just after one began is known before 5 s are over. */
export const readPatienceMs = 1_500;
/** How old the last good read may be. */
const trustedMs = 30_000;

export type Revocations = {
  /**
   * @param issuedAt of the token that names the Caller, in milliseconds since the epoch.
   * @throws InvalidTokenError when its session or person was revoked after that, CodedError SUBGRAPH_UNAVAILABLE when
   *   that cannot be told.
   */
  readonly check: (caller: Caller, issuedAt: number) => Promise<void>;
};

type Options = {
  readonly read: ReadRevocations;
  readonly environment: Pick<Environment, 'agora'>;
};

/** One who waits for the end of a read. */
const createTurn = () => {
  let end = () => {};
  const over = new Promise<void>((resolve) => {
    end = resolve;
  });
  return { over, end };
};

/**
 * Keeps what usuarios revokes in memory: reads it now, again and again, and as soon as `readSoon` is called. A request
 * costs two look-ups. When the last good read is older than 30 s, all who are somebody are refused: a token is never
 * taken for want of knowledge.
 */
export const keepRevocations = ({ read, environment }: Options) => {
  const report = logSparingly('the revocations of usuarios cannot be read');
  const now = () => environment.agora().getTime();
  const index = createRevocationIndex(now());
  let begunAt = Number.NEGATIVE_INFINITY;
  let hasFailed = false;
  let isEnding = false;
  let bell = new AbortController();
  let turn = createTurn();

  // A clock that was set back makes a read of the future, which tells nothing.
  const ageMs = (): number => Math.abs(now() - begunAt);
  const isTrusted = (): boolean => ageMs() <= trustedMs;

  const readOnce = async (): Promise<void> => {
    const begin = now();
    try {
      // What was forgotten by a clock that leaped must come again.
      const since = isTrusted() ? index.since() : null;
      index.add(await bounded('reading revocations', readPatienceMs, read(since)), begin);
      begunAt = begin;
      hasFailed = false;
    } catch (error) {
      hasFailed = true;
      // Whoever answers is ending as well.
      if (!isEnding) report(error);
    }
    const { end } = turn;
    turn = createTurn();
    end();
  };

  const rounds = async (): Promise<void> => {
    while (!isEnding) {
      bell = new AbortController();
      // It rejects when somebody rings.
      const isDue = sleep(everyMs, undefined, { signal: bell.signal, ref: false }).catch(() => {});
      await readOnce();
      await sleep(shortestPauseMs, undefined, { ref: false });
      await isDue;
    }
  };

  /**
   * After the start, or when the clock leaped, a read is about to come; when one has failed, nobody waits for more. But
   * for the first good one: what starts up together is slow to answer.
   */
  const becomeTrusted = async (): Promise<void> => {
    const isFirst = begunAt === Number.NEGATIVE_INFINITY;
    // One that is under way may have begun too early.
    for (let reads = 0; reads < 2 && !isTrusted() && (isFirst || !hasFailed); reads += 1) {
      bell.abort();
      await turn.over;
    }
    if (!isTrusted()) throw unavailable();
  };

  void rounds();
  const check: Revocations['check'] = async (caller, issuedAt) => {
    if (!isTrusted()) await becomeTrusted();
    if (index.refuses(caller, issuedAt)) throw new InvalidTokenError('revoked');
  };
  return {
    check,
    /** Whether the last good read is young enough for anybody who signed in to be answered. */
    isTrusted,
    /** Since the last good read began; Infinity before the first. */
    ageMs,
    readSoon: () => bell.abort(),
    /** Waits for no read under way: it may hang. */
    stop: () => {
      isEnding = true;
      bell.abort();
    },
  };
};
