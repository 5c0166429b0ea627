import { unavailable } from '../../../platform/errors';
import { logSparingly } from '../../../platform/log-sparingly';
import type { Counter } from './counter';

/** Counts, or has nothing done that could not be counted: its failures are SUBGRAPH_UNAVAILABLE. */
export const failClosed = (store: Counter): Counter => {
  const report = logSparingly('uses could not be counted, what depends on it is refused');
  const refuse = (error: unknown): never => {
    report(error);
    throw unavailable();
  };
  return {
    add: (slot, points) => store.add(slot, points).catch(refuse),
    read: (slot) => store.read(slot).catch(refuse),
  };
};
