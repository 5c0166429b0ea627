const failuresToEject = 3;
const firstPauseMs = 1_000;
const longestPauseMs = 30_000;

type Options = {
  /** Milliseconds of a clock that is never set. */
  readonly now: () => number;
  readonly onEject: () => void;
};

/**
 * Sets an instance aside that fails three times in a row: for 1 s, then for twice as long each time that it fails
 * again, up to 30 s. In between it is tried with one request at a time, until one is answered.
 */
export const createEjection = ({ now, onEject }: Options) => {
  let failures = 0;
  let ejections = 0;
  let until = Number.NEGATIVE_INFINITY;
  return {
    worked: (): void => {
      failures = 0;
      ejections = 0;
      until = Number.NEGATIVE_INFINITY;
    },
    failed: (): void => {
      failures += 1;
      // What was asked before it was set aside says nothing new.
      if (failures < failuresToEject || now() < until) return;
      until = now() + Math.min(firstPauseMs * 2 ** ejections, longestPauseMs);
      ejections += 1;
      onEject();
    },
    /** @param inFlight how many requests it has not answered yet. */
    accepts: (inFlight: number): boolean => failures < failuresToEject || (now() >= until && inFlight === 0),
  };
};
