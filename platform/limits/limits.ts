/** So many attempts for each key; when there were more, none until the time is over. */
export type Limit = {
  readonly name: string;
  readonly attempts: number;
  /** In seconds: of the window in which attempts are counted, and of the lock-out when there were too many. */
  readonly window: number;
};

export type Limits = {
  /**
   * Counts one attempt before it is made, so that those made at once count as well.
   *
   * @param key what is limited, an address for example: it is kept as a digest only.
   * @param onLockOut called when this attempt is the first of those that are too many.
   * @throws CodedError RATE_LIMITED when there were too many, SUBGRAPH_UNAVAILABLE when nobody can count.
   */
  readonly attempt: (limit: Limit, key: string, onLockOut?: () => void) => Promise<void>;
  /** Takes back what `attempt` counted: all of the key's attempts, or just one. */
  readonly forgive: (limit: Limit, key: string, attempts: 'all' | 'one') => Promise<void>;
};
