import type { Limits } from '../limits';

/** Counts nothing, for tests that try more from one address than anybody does. */
export const noLimits: Limits = { attempt: async () => {}, forgive: async () => {} };
