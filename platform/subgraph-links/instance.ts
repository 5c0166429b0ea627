import { Pool } from 'undici';
import { lookingUp } from './addresses';
import { createEjection } from './ejection';
import { isFault } from './failure';

const connectTimeoutMs = 5_000;
/**
 * Of each connection as much may be in memory at once. The largest page there is, 100 notes of 10,000 characters, takes
 * 3 MB at most.
 */
export const largestResponse = 8 * 1024 * 1024;

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

/** One process that answers for a subgraph, reached over keep-alive connections of which there are so many at most. */
export const createInstance = ({ url, address }: Where, { connections, now, onEject }: Options) => {
  const pool = new Pool(url.origin, {
    connections,
    connect: { timeout: connectTimeoutMs, ...(address && lookingUp(address)) },
    maxResponseSize: largestResponse,
    // Whoever asks says how long it may take.
    headersTimeout: 0,
    bodyTimeout: 0,
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
    /** @throws what `ask` throws. */
    use: async <Answer>(ask: (pool: Pool, path: string) => Promise<Answer>): Promise<Answer> => {
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
