import { createHash } from 'node:crypto';
import { type RateLimiterAbstract, RateLimiterRes } from 'rate-limiter-flexible';
import { rateLimited, unavailable } from '../errors';
import { logSparingly } from '../log-sparingly';
import type { Limit, Limits } from './limits';

/** What a limiter of the library is told of a limit. */
export type LimiterOptions = {
  readonly keyPrefix: string;
  readonly points: number;
  readonly duration: number;
  readonly blockDuration: number;
};

type Limiter = Pick<RateLimiterAbstract, 'consume' | 'delete' | 'reward'>;

const digestOf = (key: string): string => createHash('sha256').update(key).digest('base64url');

/**
 * Limits over a store of rate-limiter-flexible. When the store does not answer, nothing may be attempted: otherwise
 * whoever brought it down could try as often as they like.
 */
export const createLimits = (limiterOf: (options: LimiterOptions) => Limiter): Limits => {
  const report = logSparingly('attempts could not be counted');
  const limiters = new Map<string, Limiter>();
  const of = ({ name, attempts, window }: Limit): Limiter => {
    const limiter =
      limiters.get(name) ??
      limiterOf({ keyPrefix: name, points: attempts, duration: window, blockDuration: window });
    limiters.set(name, limiter);
    return limiter;
  };
  return {
    attempt: async (limit, key, onLockOut) => {
      try {
        await of(limit).consume(digestOf(key));
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) {
          report(error);
          throw unavailable();
        }
        if (error.consumedPoints === limit.attempts + 1) onLockOut?.();
        throw rateLimited(error.msBeforeNext);
      }
    },
    // What stays counted is forgotten with the window.
    forgive: async (limit, key, attempts) => {
      const limiter = of(limit);
      const digest = digestOf(key);
      await (attempts === 'all' ? limiter.delete(digest) : limiter.reward(digest)).catch(report);
    },
  };
};
