import type { Counter } from './counters/counter';

/** So many uses in a window of time, for each of those by whom they are counted. */
export type Policy = {
  /** Under which its answers name it, unique. */
  readonly name: string;
  readonly max: number;
  readonly windowMs: number;
  /** Whether addresses are counted, of which one sender may have any number; people and organizations when left out. */
  readonly ofAddresses?: boolean;
};

/** How somebody stands with a policy. */
export type Standing = {
  readonly policy: Policy;
  /** How many uses are left. */
  readonly remaining: number;
  /** When refused, how long it takes until the same is accepted; else the rest of the present window. */
  readonly resetMs: number;
  readonly isRefused: boolean;
};

/** A Standing, and a way to take back what was counted for it. */
export type Taken = { readonly standing: Standing; readonly giveBack: () => Promise<void> };

/** What of an earlier window still counts when so much of the present one is over. */
const carried = (previous: number, { windowMs }: Policy, elapsedMs: number): number =>
  Math.floor((previous * (windowMs - elapsedMs)) / windowMs);

/** How much of a window is over when so much of the one before counts no more than there is room for. */
const fadesAfter = (previous: number, room: number, { windowMs }: Policy): number =>
  previous <= room ? 0 : Math.floor((windowMs * (previous - room - 1)) / previous) + 1;

/**
 * When so many uses fit that do not now.
 *
 * @param counts of the present window and the one before, without these uses.
 */
const waitMs = (
  policy: Policy,
  counts: { present: number; previous: number },
  points: number,
  elapsed: number,
) => {
  const room = policy.max - counts.present - points;
  if (room >= 0) return fadesAfter(counts.previous, room, policy) - elapsed;
  const roomInNext = Math.max(policy.max - points, 0);
  return policy.windowMs - elapsed + fadesAfter(counts.present, roomInNext, policy);
};

/**
 * Lets so many uses through in a sliding window: those of the window at hand, and of the one before as many as its part
 * that is not over yet, as if they had been evenly spread. Within any time that is shorter than a window nobody is let
 * use more than `max`, and in proportion to that time as much again; steady use below `max` is never refused. What is
 * refused does not count.
 *
 * @param agora in milliseconds since the epoch; routers that count together need the same.
 */
export const createSlidingWindow =
  (counter: Counter, agora: () => number) =>
  async (policy: Policy, key: string, points: number): Promise<Taken> => {
    const now = agora();
    const index = Math.floor(now / policy.windowMs);
    const elapsed = now - index * policy.windowMs;
    const { windowMs, ofAddresses = false } = policy;
    const slot = { key: `${policy.name} ${key}`, windowMs, index, ofAddresses };
    const [counted, previous] = await Promise.all([
      counter.add(slot, points),
      counter.read({ ...slot, index: index - 1 }),
    ]);
    const giveBack = async (): Promise<void> => {
      await counter.add(slot, -points);
    };
    const left = policy.max - counted - carried(previous, policy, elapsed);
    if (left >= 0) {
      return {
        standing: { policy, remaining: left, resetMs: policy.windowMs - elapsed, isRefused: false },
        giveBack,
      };
    }
    await giveBack();
    const present = counted - points;
    return {
      standing: {
        policy,
        remaining: Math.max(left + points, 0),
        resetMs: waitMs(policy, { present, previous }, points, elapsed),
        isRefused: true,
      },
      giveBack: async () => {},
    };
  };

export type SlidingWindow = ReturnType<typeof createSlidingWindow>;
