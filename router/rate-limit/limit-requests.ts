import type { Caller, RequestInfo } from '../../platform/caller';
import { networkOf } from '../../platform/limits/network-of';
import { countHit } from './rate-limit-metrics';
import type { Policy, SlidingWindow, Standing } from './sliding-window';
import { tooMany } from './too-many';

type Options = {
  readonly policy: Policy;
  readonly take: SlidingWindow;
};

type Sender = { readonly caller: Caller | null; readonly info: Pick<RequestInfo, 'ip'> };

/**
 * Counts every request, whatever becomes of it, by the person who asks, or the address of who did not sign in or has a
 * token that is not valid. It waits for no store.
 *
 * @param route how the operation is called where it is counted that it was refused.
 * @throws GraphQLError RATE_LIMITED with 429.
 */
export const createRequestLimit =
  ({ policy, take }: Options) =>
  async ({ caller, info }: Sender, route: () => string): Promise<Standing> => {
    const { standing } = await (caller
      ? take(policy, `usuario ${caller.usuarioId}`, 1)
      : take({ ...policy, ofAddresses: true }, `ip ${networkOf(info.ip)}`, 1));
    if (standing.isRefused) {
      countHit(route(), caller);
      throw tooMany(null, [standing]);
    }
    return standing;
  };
