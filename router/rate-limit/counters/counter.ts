/** One of the windows of equal length into which time is cut, and in it one of those whose uses are counted. */
export type Slot = {
  readonly key: string;
  readonly windowMs: number;
  /** The number of the window, counted from the epoch. */
  readonly index: number;
};

/** Where uses are counted. */
export type Counter = {
  /**
   * @param points uses to be counted; fewer than none takes back.
   * @returns how many there are in the slot, with these.
   */
  readonly add: (slot: Slot, points: number) => Promise<number>;
  /** How many there are in the slot. */
  readonly read: (slot: Slot) => Promise<number>;
};
