import type { Counter } from './counter';

/** Counts in one place, and in another for as long as that fails. */
export const createInsuredCounter = (store: Counter, insurance: Counter): Counter => ({
  add: (slot, points) => store.add(slot, points).catch(() => insurance.add(slot, points)),
  read: (slot) => store.read(slot).catch(() => insurance.read(slot)),
});
