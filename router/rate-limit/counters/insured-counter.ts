import type { Counter, Slot } from './counter';

/** Counts in one place, and in another for as long as that fails. What is given back goes to where it was counted. */
export const createInsuredCounter = (store: Counter, insurance: Counter): Counter => {
  const insured = new WeakSet<Slot>();
  return {
    add: (slot, points) => {
      if (insured.has(slot)) return insurance.add(slot, points);
      return store.add(slot, points).catch(() => {
        // What the store counted stays there until its window is over.
        if (points < 0) return insurance.read(slot);
        insured.add(slot);
        return insurance.add(slot, points);
      });
    },
    read: (slot) => store.read(slot).catch(() => insurance.read(slot)),
  };
};
