const bucketMs = 1_000;

/**
 * Counts what came to a good and to a bad end in the last `windowMs`, to the second; what is older is forgotten, whether
 * anything happened since or not.
 */
export const createSlidingCounts = (windowMs: number) => {
  let buckets: { readonly number: number; bad: number; all: number }[] = [];

  const bucketOfNow = () => {
    const number = Math.floor(performance.now() / bucketMs);
    const newest = buckets.at(-1);
    if (newest?.number === number) return newest;
    const fresh = { number, bad: 0, all: 0 };
    buckets = [...buckets.filter((one) => (number - one.number) * bucketMs < windowMs), fresh];
    return fresh;
  };

  return {
    add: (isBad: boolean): void => {
      const bucket = bucketOfNow();
      bucket.all += 1;
      if (isBad) bucket.bad += 1;
    },
    /** As of what was added last. */
    total: (): { readonly bad: number; readonly all: number } => ({
      bad: buckets.reduce((sum, { bad }) => sum + bad, 0),
      all: buckets.reduce((sum, { all }) => sum + all, 0),
    }),
    clear: (): void => {
      buckets = [];
    },
  };
};
