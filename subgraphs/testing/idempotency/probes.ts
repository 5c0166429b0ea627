import type { Caller } from '../../../platform/caller';

// biome-ignore lint/suspicious/noExplicitAny: the shape of each answer is known to the probe that asked
type Answer = any;

/** Where a mutation is tried: a new organization, and what a probe needs to furnish it. */
export type World = {
  readonly caller: Caller;
  /** Runs another mutation first, as this Caller or as the given one, and answers its fields that are no objects. */
  readonly fazer: (mutation: string, args: object, caller?: Caller | null) => Promise<Answer>;
  /** Runs SQL as a superuser, for what no mutation makes. */
  readonly plantar: (sql: string, values: unknown[]) => Promise<unknown>;
  /** The id of something that the other domains say is there. */
  readonly conhecido: () => string;
};

export type MutationProbe = {
  /** Arguments that change something. */
  readonly args: object;
  /** Other arguments that pass validation, when there are any; otherwise the same with other ids. */
  readonly outros?: object;
  /** Arguments that stored data refuse, null when they never do; otherwise the same with ids of nothing. */
  readonly recusados?: object | null;
  /** Who asks, if it has to be somebody else. */
  readonly caller?: Caller;
  /** Somebody else in the Caller's organization who may ask as well, and the Caller in another, if these must be real. */
  readonly colega?: Caller;
  readonly estranha?: Caller;
};

/** For every mutation of a subgraph, how to try it. */
export type MutationProbes = Readonly<Record<string, (world: World) => Promise<MutationProbe>>>;
