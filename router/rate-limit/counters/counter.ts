/** One of the windows of equal length into which time is cut, and in it one of those whose uses are counted. */
export type Slot = {
  readonly key: string;
  readonly windowMs: number;
  /** The number of the window, counted from the epoch. */
  readonly index: number;
  /** Whether the key is an address: whoever has many of them must not take the room of those who signed in. */
  readonly ofAddresses: boolean;
};

/** Where uses are counted. */
export type Counter = {
  /**
   * @param points uses to be counted; fewer than none takes back what was added with the very same slot.
   * @returns how many there are in the slot, with these.
   */
  readonly add: (slot: Slot, points: number) => Promise<number>;
  /** How many there are in the slot. */
  readonly read: (slot: Slot) => Promise<number>;
};
