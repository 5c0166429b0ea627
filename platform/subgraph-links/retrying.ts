import { setTimeout as sleep } from 'node:timers/promises';
import type { Answered, Asked } from './exchange';
import { mayRepeat, wasSent } from './failure';
import type { Instance } from './instance';
import { createRetryBudget } from './retry-budget';

const mostRetries = 2;
const firstPauseMs = 20;

export type Retrying = {
  /** Chooses an instance, if possible none of those that were tried. */
  readonly pick: (tried: readonly Instance[]) => Instance;
  readonly attempt: (instance: Instance, asked: Asked) => Promise<Answered>;
  /** From 0 up to, and without, 1. */
  readonly random: () => number;
  readonly onRetry: () => void;
};

/**
 * Sends a request, and once or twice more where that does no harm, may help and is within the budget: to another
 * instance if there is one, after a pause of random length.
 *
 * @throws SubgraphFailure that of the last attempt.
 */
export const createRetrying = ({ pick, attempt, random, onRetry }: Retrying) => {
  const budget = createRetryBudget();

  const send = async (asked: Asked, tried: readonly Instance[]): Promise<Answered> => {
    const instance = pick(tried);
    try {
      return await attempt(instance, asked);
    } catch (error) {
      if (tried.length === mostRetries || !mayRepeat(error, asked.isRead)) throw error;
      const pauseMs = firstPauseMs * 2 ** tried.length * (0.5 + random());
      if (performance.now() + pauseMs >= asked.endsAt) throw error;
      // What never arrived was no work for anybody.
      if (wasSent(error) && !budget.spend()) throw error;
      onRetry();
      await sleep(pauseMs);
      return send(asked, [...tried, instance]);
    }
  };

  return (asked: Asked): Promise<Answered> => {
    budget.onRequest();
    return send(asked, []);
  };
};
