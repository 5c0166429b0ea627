import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';

/** The IP addresses of a host name. */
export type Resolve = (hostname: string) => Promise<readonly string[]>;

/** As the system resolves names, from /etc/hosts to DNS. */
export const resolveBySystem: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true })).map(({ address }) => address);

/** Whether it is a name, whose addresses may change, and not an address. */
export const isName = ({ hostname }: URL): boolean => isIP(hostname.replace(/^\[|\]$/g, '')) === 0;

/**
 * The addresses that stand for an instance each. A name with several has as many instances behind it; but one of each
 * family is a single instance that both lead to, and then the list is empty: let the system connect by name.
 */
export const addressesOfInstances = (found: readonly string[]): readonly string[] => {
  const families = [4, 6].map((family) => [...new Set(found)].filter((address) => isIP(address) === family));
  const [larger = []] = families.sort((one, other) => other.length - one.length);
  return larger.length > 1 ? larger.sort() : [];
};

const family = (address: string) => (address.includes(':') ? 6 : 4);

/** How undici connects to one address of a name, which stays what the certificate and the Host header go by. */
export const lookingUp = (address: string) => ({
  lookup: (
    _hostname: string,
    { all }: { readonly all?: boolean },
    done: (...found: readonly unknown[]) => void,
  ) => (all ? done(null, [{ address, family: family(address) }]) : done(null, address, family(address))),
});
