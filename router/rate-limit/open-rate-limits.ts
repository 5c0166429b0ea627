import type { Config } from '../../platform/config';
import type { Environment } from '../../platform/environment';
import type { QueueStore } from '../../platform/events/queue-engine';
import { queueStoreOf } from '../../platform/events/queue-store';
import { log } from '../../platform/log';
import type { OnClose } from '../../platform/run-process';
import type { UsageLimit } from '../../platform/settings/usage-limit';
import { createBatchedCounter } from './counters/batched-counter';
import type { Counter } from './counters/counter';
import { failClosed } from './counters/fail-closed';
import { createImpatientCounter } from './counters/impatient-counter';
import { createInsuredCounter } from './counters/insured-counter';
import { createMemoryCounter } from './counters/memory-counter';
import { openStore } from './counters/open-store';
import { createRequestLimit } from './limit-requests';
import { createSlidingWindow } from './sliding-window';

/** What reads wait for a store, in milliseconds. */
const usualPatienceMs = 250;

/** For how long none of them tries again after it failed, in milliseconds. */
const pauseMs = 5_000;

/** What a router may let through of the general limit before it tells the others: a twentieth of it. */
const batches = 20;

type Counters = { readonly requests: Counter; readonly queries: Counter; readonly mutations: Counter };

const alone = (): Counters => {
  const memory = createMemoryCounter();
  return { requests: memory, queries: memory, mutations: memory };
};

/** Shared with other routers, and while that fails, counted by each for itself where that is good enough. */
const together = (store: Counter, { max }: UsageLimit, patienceMs: number): Counters => {
  const { requests: memory } = alone();
  const impatient = createImpatientCounter(store, { patienceMs, pauseMs });
  return {
    requests: createBatchedCounter({
      local: memory,
      shared: impatient,
      batch: Math.max(Math.floor(max / batches), 1),
    }),
    queries: createInsuredCounter(impatient, memory),
    mutations: failClosed(store),
  };
};

type Options = {
  readonly limit: UsageLimit;
  /** Where routers count together; null for one that is alone. */
  readonly store: QueueStore | null;
  /** How long reads wait for it, in milliseconds. */
  readonly patienceMs?: number;
  readonly environment: Pick<Environment, 'agora'>;
  readonly onClose: OnClose;
};

/** Opens what counts uses, of anything and of what fields declare. */
export const openRateLimits = (options: Options) => {
  const { limit, store, patienceMs = usualPatienceMs, environment, onClose } = options;
  const opened = store && openStore(store);
  if (opened) onClose(opened.close);
  const counters = opened ? together(opened.counter, limit, patienceMs) : alone();
  const windowOver = (counter: Counter) => createSlidingWindow(counter, () => environment.agora().getTime());
  return {
    limitRequest: createRequestLimit({
      policy: { name: 'geral', ...limit },
      take: windowOver(counters.requests),
    }),
    takeForQueries: windowOver(counters.queries),
    takeForMutations: windowOver(counters.mutations),
  };
};

export type RateLimits = ReturnType<typeof openRateLimits>;

/**
 * The limits of a process, by its settings; null where nobody is to count. Whoever has no store in common with others
 * counts alone.
 */
export const rateLimitsOf = (
  config: Config,
  options: Pick<Options, 'environment' | 'onClose'>,
): RateLimits | null => {
  const { TEIA_LIMITE_USO: limit, NODE_ENV } = config;
  if (!limit) return null;
  const store = queueStoreOf(config);
  if (!store && NODE_ENV === 'production') {
    log.warn(
      'Sem REDIS_URL nem DATABASE_URL os limites de uso são contados neste processo só: com vários roteadores valem em cada um.',
    );
  }
  return openRateLimits({ ...options, limit, store });
};
