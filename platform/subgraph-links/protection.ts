import { log } from '../log';
import { createBreaker } from './breaker';
import type { Answered, Asked } from './exchange';
import { observeBreaker, retries } from './link-metrics';
import { parseSubgraphResponse } from './parse-subgraph-response';
import { createRetrying, type Retrying } from './retrying';
import { createSharing } from './sharing';

const copy = ({ text }: Answered): Answered => ({ text, response: parseSubgraphResponse(text)! });

type Options = Omit<Retrying, 'onRetry'> & {
  readonly name: string;
  /** Rejects as long as the subgraph does not work. */
  readonly trial: () => Promise<unknown>;
};

/**
 * Protects a subgraph from its clients and them from it: what is asked twice at once is sent once, what fails is
 * repeated within limits, and a subgraph that fails too often is left alone until it works again.
 */
export const createProtection = (options: Options) => {
  const { name, trial } = options;
  const retrying = createRetrying({ ...options, onRetry: () => retries.inc({ service: name }) });
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
