import type { Standing } from './sliding-window';

/** For front ends of other origins to be allowed to read them. */
export const usageHeaderNames = [
  'ratelimit',
  'ratelimit-policy',
  'x-ratelimit-limit',
  'x-ratelimit-remaining',
  'x-ratelimit-reset',
  'retry-after',
] as const;

/** Whole seconds, of which the last has begun: who waits for so long has waited for long enough. */
export const secondsOf = (ms: number): number => Math.max(Math.ceil(ms / 1_000), 1);

const tightest = (standings: readonly Standing[]): Standing | undefined =>
  standings.toSorted(
    (one, other) =>
      Number(other.isRefused) - Number(one.isRefused) ||
      one.remaining / one.policy.max - other.remaining / other.policy.max,
  )[0];

/**
 * What an answer says of the limits that were counted for it: `RateLimit` and `RateLimit-Policy` by the draft of the
 * IETF (draft-ietf-httpapi-ratelimit-headers-10, structured fields), all of them; `X-RateLimit-…`, which has no
 * standard, the one with least left, `Reset` in seconds from now; `Retry-After` when one refused.
 */
export const usageHeaders = (standings: readonly Standing[]): [name: string, value: string][] => {
  const least = tightest(standings);
  if (!least) return [];
  const { policy, remaining, resetMs } = least;
  const refused = standings.filter(({ isRefused }) => isRefused);
  return [
    [
      'ratelimit',
      standings.map((s) => `"${s.policy.name}";r=${s.remaining};t=${secondsOf(s.resetMs)}`).join(', '),
    ],
    [
      'ratelimit-policy',
      standings.map((s) => `"${s.policy.name}";q=${s.policy.max};w=${s.policy.windowMs / 1_000}`).join(', '),
    ],
    ['x-ratelimit-limit', String(policy.max)],
    ['x-ratelimit-remaining', String(remaining)],
    ['x-ratelimit-reset', String(secondsOf(resetMs))],
    ...(refused.length > 0
      ? [['retry-after', String(secondsOf(Math.max(...refused.map((s) => s.resetMs))))] as [string, string]]
      : []),
  ];
};
