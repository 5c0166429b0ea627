import { type Asking, withoutRequest } from '../caller';
import { log } from '../log';
import { createBreaker } from './breaker';
import type { Answered, Asked } from './exchange';
import { observeBreaker, retries } from './link-metrics';
import { parseSubgraphResponse } from './parse-subgraph-response';
import { createRetrying, type Retrying } from './retrying';
import { createSharing } from './sharing';

/** With a longer one a subgraph that hangs would be found working again too late. */
const trialTimeoutMs = 2_000;
const trialBody = JSON.stringify({ query: '{ __typename }' });

const copy = ({ text }: Answered): Answered => ({ text, response: parseSubgraphResponse(text)! });

type Options = Omit<Retrying, 'onRetry'> & {
  readonly name: string;
  readonly novoId: () => string;
  /** What a subgraph has for a request, in milliseconds. */
  readonly timeout: number;
};

/**
 * Protects a subgraph from its clients and them from it: what is asked twice at once is sent once, what fails is
 * repeated within limits, and a subgraph that fails too often is left alone until it works again.
 */
export const createGuarded = (options: Options) => {
  const { name, novoId, timeout, attempt, pick } = options;
  const retrying = createRetrying({ ...options, onRetry: () => retries.inc({ service: name }) });

  const trial = () => {
    const asking: Asking = { caller: null, info: withoutRequest(novoId()) };
    const endsAt = performance.now() + Math.min(timeout, trialTimeoutMs);
    return attempt(pick([]), { asking, body: trialBody, isRead: true, endsAt, late: 'timeout' });
  };
  const breaker = createBreaker({
    trial,
    onState: (state) => {
      observeBreaker(name, state);
      if (state !== 'half-open') log.warn({ subgraph: name, state }, 'circuit breaker');
    },
  });
  observeBreaker(name, 'closed');
  const sharing = createSharing(copy);

  return {
    ask: async (asked: Asked): Promise<Answered> => {
      const { caller } = asked.asking;
      const send = () => breaker.run(() => retrying(asked));
      if (!caller) return send();
      if (asked.isRead) return sharing.read({ caller, key: asked.body, endsAt: asked.endsAt }, send);
      return send().finally(() => sharing.forget(caller));
    },
    close: breaker.close,
  };
};
