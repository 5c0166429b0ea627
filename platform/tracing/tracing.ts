import type { OpenSpan, SpanStart } from './open-span';

/** Records traces, for those who are to be told of them. */
export type Tracing = {
  /**
   * Begins what a client asks of us, and decides whether its trace is recorded: null when it is not.
   *
   * @param traceparent the client's own, whose trace it becomes part of.
   */
  readonly atTheDoor: (start: SpanStart, traceparent: string | null) => OpenSpan | null;
  /** Begins a part of a trace on which was decided elsewhere; null when it is not recorded. */
  readonly within: (start: SpanStart, traceparent: string | null) => OpenSpan | null;
};
