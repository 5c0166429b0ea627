import type { Counter, Slot } from './counter';

/** What this process has told of one slot, and what it heard of others' when it did. */
type Told = { told: number; ofOthers: number; isTelling: boolean };

type Options = {
  readonly local: Counter;
  /** Where several processes tell each other what they counted. */
  readonly shared: Counter;
  /** So many uses are told at once. */
  readonly batch: number;
  /** Of so many keys in one window, of people or of addresses; left out, more than usually ask. */
  readonly atMost?: number;
};

const usuallyAtMost = 50_000;

/**
 * Counts in this process and lets others know of every so many uses, without waiting for it. Together they count less
 * than a batch for each process too few; whoever asks seldom costs the store nothing. Of those who come when there are
 * too many nobody is told.
 */
export const createBatchedCounter = ({ local, shared, batch, atMost = usuallyAtMost }: Options): Counter => {
  const byWindow = new Map<string, { index: number; told: Map<string, Told> }[]>();

  const windowOf = ({ windowMs, index, ofAddresses }: Slot) => {
    const name = `${windowMs} ${ofAddresses}`;
    const kept = byWindow.get(name) ?? [];
    const found = kept.find((each) => each.index === index);
    if (found) return found.told;
    const told = new Map<string, Told>();
    byWindow.set(name, [{ index, told }, ...kept].toSorted((a, b) => b.index - a.index).slice(0, 2));
    return told;
  };
  const tell = async (slot: Slot, entry: Told, points: number): Promise<void> => {
    entry.isTelling = true;
    try {
      const total = await shared.add(slot, points);
      entry.told += points;
      entry.ofOthers = total - entry.told;
    } catch {
      // They are told with the next ones.
    } finally {
      entry.isTelling = false;
    }
  };

  return {
    add: async (slot, points) => {
      const own = await local.add(slot, points);
      const window = windowOf(slot);
      const known = window.get(slot.key);
      const untold = own - (known?.told ?? 0);
      if (untold >= batch && !known?.isTelling && (known || window.size < atMost)) {
        const entry = known ?? { told: 0, ofOthers: 0, isTelling: false };
        window.set(slot.key, entry);
        void tell(slot, entry, untold);
      }
      return own + (known?.ofOthers ?? 0);
    },
    read: async (slot) => (await local.read(slot)) + (windowOf(slot).get(slot.key)?.ofOthers ?? 0),
  };
};
