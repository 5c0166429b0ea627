type Candidate = { readonly inFlight: number; readonly accepts: boolean };

/** The one with fewer requests in flight of two drawn at random. */
const lessBusyOfTwo = <C extends Candidate>(candidates: readonly C[], random: () => number): C => {
  const first = Math.floor(random() * candidates.length);
  if (candidates.length === 1) return candidates[first]!;
  const second = (first + 1 + Math.floor(random() * (candidates.length - 1))) % candidates.length;
  const [a, b] = [candidates[first]!, candidates[second]!];
  return b.inFlight < a.inFlight ? b : a;
};

/**
 * Chooses where to send a request: among those that are neither set aside nor tried already, else among those not set
 * aside, else among all. When all are set aside, not to try would be to fail for certain.
 *
 * @param instances one at least.
 * @param random from 0 up to, and without, 1.
 */
export const pickInstance = <C extends Candidate>(
  instances: readonly C[],
  tried: readonly C[],
  random: () => number,
): C => {
  if (instances.length === 1) return instances[0]!;
  const accepting = instances.filter(({ accepts }) => accepts);
  const fresh = tried.length > 0 ? accepting.filter((instance) => !tried.includes(instance)) : accepting;
  const candidates = fresh.length > 0 ? fresh : accepting.length > 0 ? accepting : instances;
  return lessBusyOfTwo(candidates, random);
};
