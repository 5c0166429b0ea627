import { runEvery } from '../run-every';
import { addressesOfInstances, isName, type Resolve } from './addresses';
import { createInstance, type Instance } from './instance';

type Options = Parameters<typeof createInstance>[1] & {
  readonly resolve: Resolve;
  /** From one look at the names to the next, in milliseconds. */
  readonly refreshMs: number;
  /** Told why the addresses of a name could not be had, when the last ones stay, and of connections that do not end well. */
  readonly onError: (error: unknown) => void;
};

/**
 * The instances of one subgraph: one for each URL, or for each address that the name in it has, asked for again and
 * again. One that is gone answers what it was asked before.
 */
export const openInstances = (
  given: readonly string[],
  { resolve, refreshMs, onError, ...options }: Options,
) => {
  const places = given.map((url) => ({ url: new URL(url), addresses: [] as readonly string[] }));
  let byKey = new Map<string, Instance>();
  let current: readonly Instance[] = [];

  const update = (): void => {
    const next = new Map<string, Instance>();
    for (const { url, addresses } of places) {
      for (const address of addresses.length > 0 ? addresses : [null]) {
        const key = `${url.href} ${address}`;
        next.set(key, byKey.get(key) ?? createInstance({ url, address }, options));
      }
    }
    const gone = [...byKey].filter(([key]) => !next.has(key));
    byKey = next;
    current = [...next.values()];
    for (const [, instance] of gone) void instance.close().catch(onError);
  };

  /** One name after the other: each keeps a thread of the process busy while it is looked up. */
  const refresh = async (): Promise<void> => {
    for (const place of places.filter(({ url }) => isName(url))) {
      try {
        place.addresses = addressesOfInstances(await resolve(place.url.hostname));
      } catch (error) {
        onError(error);
      }
    }
    update();
  };

  update();
  const hasNames = places.some(({ url }) => isName(url));
  const stop = hasNames ? runEvery({ everyMs: refreshMs, onError }, refresh) : undefined;
  return {
    current: () => current,
    close: async (): Promise<void> => {
      // A name that is being looked up may take its time.
      void stop?.();
      await Promise.all(current.map((instance) => instance.close()));
    },
  };
};
