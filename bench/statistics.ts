/** The value below which `percent` of the samples lie (nearest rank). */
export const percentile = (samples: readonly number[], percent: number): number => {
  const sorted = [...samples].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? Number.NaN;
};

/** The median. */
export const median = (samples: readonly number[]): number => percentile(samples, 50);
