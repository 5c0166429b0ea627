import { Client } from 'undici';
import {
  addressesOfInstances,
  isName,
  lookingUp,
  type Resolve,
  resolveBySystem,
} from '../subgraph-links/addresses';

const patienceMs = 1_500;

/** By a connection of its own: those for questions may all be taken, and one that is kept leads to one address for ever. */
const isReady = async (origin: string, address: string | null): Promise<void> => {
  const client = new Client(origin, { connect: { timeout: patienceMs, ...(address && lookingUp(address)) } });
  try {
    const { statusCode, body } = await client.request({
      method: 'GET',
      path: '/health/ready',
      signal: AbortSignal.timeout(patienceMs),
    });
    await body.dump();
    if (statusCode !== 200) throw new Error(`answered ${statusCode}`);
  } finally {
    await client.destroy();
  }
};

const addressesOf = async (origin: string, resolve: Resolve): Promise<readonly (string | null)[]> => {
  const url = new URL(origin);
  const addresses = isName(url) ? addressesOfInstances(await resolve(url.hostname)) : [];
  return addresses.length > 0 ? addresses : [null];
};

/**
 * Makes the check of a subgraph in other processes by what each instance says of its own readiness: one for each origin,
 * or for each address that the name in it has. It rejects when no instance is ready, and comes to 'degraded' when some
 * are not.
 */
export const instancesCheck =
  (origins: readonly string[], resolve: Resolve = resolveBySystem) =>
  async (): Promise<'degraded' | undefined> => {
    const ask = async (origin: string) => {
      // A name that cannot be found is an instance that cannot be reached.
      const addresses = await addressesOf(origin, resolve).catch(() => [null]);
      return Promise.allSettled(addresses.map((address) => isReady(origin, address)));
    };
    const asked = (await Promise.all(origins.map(ask))).flat();
    const failed = asked.filter((one) => one.status === 'rejected');
    if (failed.length === asked.length) throw failed[0]?.reason;
    return failed.length > 0 ? 'degraded' : undefined;
  };
