/** In what way a request to a subgraph failed; also a label of metrics. */
export type FailureKind =
  /** There was no connection: nothing was sent. */
  | 'unreachable'
  /** The process ends: it was told, and has not begun it. */
  | 'ending'
  /** More requests wait for a connection than may: nothing was sent. */
  | 'busy'
  /** The breaker is open: nothing was sent. */
  | 'open'
  /** The connection ended before the answer did. */
  | 'broken'
  /** The subgraph used up its own time. */
  | 'timeout'
  /** The instant came after which nobody waits for the answer to the whole request. */
  | 'deadline'
  /** Status 5xx. */
  | 'error'
  | 'redirect'
  /** Status 4xx without the GraphQL errors that would say why. */
  | 'refused'
  /** Not a GraphQL response. */
  | 'invalid'
  /** More was asked for than is taken. */
  | 'too_large';

/** These were not begun. */
const unbegun: ReadonlySet<FailureKind> = new Set(['unreachable', 'ending', 'busy']);

/** Of these another attempt may have a better end. */
const passing: ReadonlySet<FailureKind> = new Set([...unbegun, 'broken', 'error', 'invalid']);

/**
 * These say nothing of whether the subgraph works. What was too large, or came too late because of what came before it,
 * was so for what was asked: nobody is to close a subgraph to everybody else by asking for it.
 */
const blameless: ReadonlySet<FailureKind> = new Set(['busy', 'deadline', 'refused', 'too_large']);

/** Why a subgraph could not be used; meant for the log, never for a client. */
export class SubgraphFailure extends Error {
  constructor(
    readonly kind: FailureKind,
    message: string,
  ) {
    super(message);
    this.name = 'SubgraphFailure';
  }
}

/** Whether a failure speaks against the subgraph. */
export const isFault = (error: unknown): boolean =>
  error instanceof SubgraphFailure && !blameless.has(error.kind);

/** Whether the subgraph may have begun what it was asked. */
export const wasSent = (error: unknown): boolean =>
  !(error instanceof SubgraphFailure && unbegun.has(error.kind));

/** Whether the same may be sent once more: what changes something only when it certainly was not sent. */
export const mayRepeat = (error: unknown, isRead: boolean): boolean =>
  error instanceof SubgraphFailure && (isRead ? passing.has(error.kind) : !wasSent(error));
