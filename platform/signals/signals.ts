/** What there may be news of. */
export type SignalChannel = 'revogacoes';

/**
 * Tells other processes that there is something new to read. A signal carries no data, may come twice or be lost, and
 * must not be relied upon: who listens reads again from time to time as well.
 */
export type Signals = {
  /** Never rejects, and takes two seconds at most. */
  readonly signal: (channel: SignalChannel) => Promise<void>;
  /** @returns how to stop listening. */
  readonly onSignal: (channel: SignalChannel, listener: () => void) => () => Promise<void>;
};
