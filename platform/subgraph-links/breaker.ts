import { CircuitState, circuitBreaker, handleWhen, SamplingBreaker } from 'cockatiel';
import { isFault, SubgraphFailure } from './failure';

const windowMs = 10_000;
/** Within the window; below that nothing can be said of a share. */
const fewestRequests = 10;
/** Cockatiel opens above it: at half of the requests, that is. */
const threshold = 0.499;
const trialAfterMs = 1_000;
/** The timer below says when: cockatiel goes by a clock that may be set back. */
const atOnce = Number.NEGATIVE_INFINITY;

export type BreakerState = 'closed' | 'open' | 'half-open';

const stateNames: Readonly<Partial<Record<CircuitState, BreakerState>>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
};

type Options = {
  /** Asks the subgraph something that costs nothing and changes nothing; rejects with a fault as long as it does not work. */
  readonly trial: () => Promise<unknown>;
  readonly onState: (state: BreakerState) => void;
};

/**
 * A circuit breaker: it opens when half of at least ten requests within 10 s were faults. While it is open, a trial of
 * its own every second finds out whether the subgraph works again: it takes no request of a client to learn that, and
 * none has to wait for it.
 */
export const createBreaker = ({ trial, onState }: Options) => {
  const breaker = new SamplingBreaker({
    threshold,
    duration: windowMs,
    minimumRps: fewestRequests / (windowMs / 1_000),
  });
  const circuit = circuitBreaker(handleWhen(isFault), { halfOpenAfter: atOnce, breaker });
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  const tryLater = (): void => {
    if (isClosed) return;
    clearTimeout(timer);
    timer = setTimeout(async () => {
      // When it fails, the breaker opens again, and there is another.
      await circuit.execute(trial).catch(() => undefined);
    }, trialAfterMs).unref();
  };
  circuit.onStateChange((state) => {
    onState(stateNames[state]!);
    if (state === CircuitState.Open) tryLater();
  });

  return {
    /** @throws SubgraphFailure `open`, or what `ask` throws. */
    run: async <Answer>(ask: () => Promise<Answer>): Promise<Answer> => {
      if (circuit.state === CircuitState.Closed) return circuit.execute(ask);
      throw new SubgraphFailure('open', 'too many requests failed');
    },
    close: (): void => {
      isClosed = true;
      clearTimeout(timer);
    },
  };
};
