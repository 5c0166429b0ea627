import { Pool } from 'undici';
import { createEjection } from './ejection';
import { isFault, SubgraphFailure } from './failure';

const connectTimeoutMs = 5_000;
const largestResponse = 16 * 1024 * 1024;
/** How many requests may wait for a connection. */
const longestQueue = 1_000;

type Where = {
  readonly url: URL;
  /** The address to connect to, for a name that has several; null for whichever the system chooses each time. */
  readonly address: string | null;
};

type Options = {
  readonly connections: number;
  readonly now: () => number;
  readonly onEject: () => void;
};

const family = (address: string) => (address.includes(':') ? 6 : 4);

/** The name stays what the certificate and the Host header go by. */
const lookingUp = (address: string) => ({
  lookup: (
    _hostname: string,
    { all }: { readonly all?: boolean },
    done: (...found: readonly unknown[]) => void,
  ) => (all ? done(null, [{ address, family: family(address) }]) : done(null, address, family(address))),
});

/** One process that answers for a subgraph, reached over keep-alive connections of which there are so many at most. */
export const createInstance = ({ url, address }: Where, { connections, now, onEject }: Options) => {
  const pool = new Pool(url.origin, {
    connections,
    connect: { timeout: connectTimeoutMs, ...(address && lookingUp(address)) },
    maxResponseSize: largestResponse,
  });
  const ejection = createEjection({ now, onEject });
  let inFlight = 0;

  return {
    get inFlight() {
      return inFlight;
    },
    get accepts() {
      return ejection.accepts(inFlight);
    },
    /**
     * @throws SubgraphFailure `busy` when too many requests wait already, or what `ask` throws.
     */
    use: async <Answer>(ask: (pool: Pool, path: string) => Promise<Answer>): Promise<Answer> => {
      if (inFlight >= connections + longestQueue) {
        throw new SubgraphFailure('busy', `${inFlight} requests wait already`);
      }
      inFlight += 1;
      try {
        const answer = await ask(pool, url.pathname + url.search);
        ejection.worked();
        return answer;
      } catch (error) {
        if (isFault(error)) ejection.failed();
        throw error;
      } finally {
        inFlight -= 1;
      }
    },
    /** Lets what is in flight end. */
    close: () => pool.close(),
  };
};

export type Instance = ReturnType<typeof createInstance>;
