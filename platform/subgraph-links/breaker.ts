import { CircuitState, circuitBreaker, handleWhen, type IBreaker } from 'cockatiel';
import { isFault, SubgraphFailure } from './failure';
import { createSlidingCounts } from './sliding-counts';

const windowMs = 10_000;
/** Within the window; below that nothing can be said of a share. */
const fewestRequests = 10;
const shareToOpen = 0.5;
const trialAfterMs = 1_000;
/** The timer below says when: cockatiel goes by a clock that may be set back. */
const atOnce = Number.NEGATIVE_INFINITY;

export type BreakerState = 'closed' | 'open' | 'half-open';

const stateNames: Readonly<Partial<Record<CircuitState, BreakerState>>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
};

/** Cockatiel's own forgets one second for each in which something happens: with little to do its window is minutes long. */
const halfOfLately = (): IBreaker => {
  const counts = createSlidingCounts(windowMs);
  return {
    state: null,
    success: (state) => {
      if (state === CircuitState.HalfOpen) counts.clear();
      else counts.add(false);
    },
    failure: () => {
      counts.add(true);
      const { bad, all } = counts.total();
      return all >= fewestRequests && bad >= all * shareToOpen;
    },
  };
};

type Options = {
  /** Finds out whether the subgraph works, at no cost and changing nothing; rejects as long as it does not. */
  readonly trial: () => Promise<unknown>;
  readonly onState: (state: BreakerState) => void;
};

/**
 * A circuit breaker: it opens when half of at least ten requests within 10 s were faults. While it is open, a trial of
 * its own every second finds out whether the subgraph works again: it takes no request of a client to learn that, and
 * none has to wait for it.
 */
export const createBreaker = ({ trial, onState }: Options) => {
  const circuit = circuitBreaker(
    handleWhen((error) => circuit.state === CircuitState.HalfOpen || isFault(error)),
    { halfOpenAfter: atOnce, breaker: halfOfLately() },
  );
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let changes = 0;

  const tryLater = (): void => {
    if (isClosed) return;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      // When it fails, the breaker opens again, and there is another.
      await circuit.execute(trial).catch(() => undefined);
    }, trialAfterMs).unref();
  };
  circuit.onStateChange((state) => {
    changes += 1;
    onState(stateNames[state]!);
    if (state === CircuitState.Open) tryLater();
  });

  return {
    /** @throws SubgraphFailure `open`, or what `ask` throws. */
    run: async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
      if (circuit.state !== CircuitState.Closed)
        throw new SubgraphFailure('open', 'too many requests failed');
      const before = changes;
      const answer = ask();
      await answer.catch(() => undefined);
      // What was begun before it last opened says nothing of how the subgraph is now.
      return changes === before ? circuit.execute(() => answer) : answer;
    },
    close: (): void => {
      isClosed = true;
      clearTimeout(timer);
    },
  };
};
