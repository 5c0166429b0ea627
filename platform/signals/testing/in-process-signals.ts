import type { Signals } from '../signals';

/** Signals that stay in this process, heard before `signal` resolves. */
export const inProcessSignals = (): Signals => {
  const listeners = new Map<string, Set<() => void>>();
  return {
    signal: async (channel) => {
      for (const listener of listeners.get(channel) ?? []) listener();
    },
    onSignal: (channel, listener) => {
      const heard = listeners.get(channel) ?? new Set();
      listeners.set(channel, heard.add(listener));
      return async () => {
        heard.delete(listener);
      };
    },
  };
};
