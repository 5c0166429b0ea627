import type { Pool } from 'undici';
import { type Asking, withoutRequest } from '../caller';
import type { Asked, createExchange } from './exchange';
import { SubgraphFailure } from './failure';
import { roundTrip } from './round-trip';

/** With a longer one a subgraph that hangs would be found working again too late. */
const longestMs = 2_000;
const cheapest = JSON.stringify({ query: '{ __typename }' });

type Options = {
  readonly exchange: ReturnType<typeof createExchange>;
  readonly novoId: () => string;
  /** What a subgraph has for a request, in milliseconds. */
  readonly timeout: number;
  /** Where an instance says with 200 that it can do its work; null when it is nobody of ours. */
  readonly readyPath: string | null;
};

/**
 * Finds out whether an instance works. One of ours is asked whether it is ready, since a question that needs no database
 * is answered without one, too; of any other nothing is known but that it answers questions.
 */
export const createTrial = ({ exchange, novoId, timeout, readyPath }: Options) => {
  const patience = () =>
    ({ endsAt: performance.now() + Math.min(timeout, longestMs), kindWhenLate: 'timeout' }) as const;

  const askWhetherReady = async (pool: Pool, path: string): Promise<void> => {
    const { status } = await roundTrip(pool, { method: 'GET', path, headers: {}, ...patience() });
    if (status !== 200)
      throw new SubgraphFailure('error', `answered ${status} when asked whether it is ready`);
  };

  const askCheapest = async (pool: Pool, path: string): Promise<void> => {
    const asking: Asking = { caller: null, info: withoutRequest(novoId()) };
    const asked: Asked = { asking, body: cheapest, isRead: true, ...patience() };
    await exchange(pool, path, asked).catch((error: unknown) => {
      // Whoever refuses to answer nobody is there.
      if (!(error instanceof SubgraphFailure && error.kind === 'refused')) throw error;
    });
  };

  /** @throws SubgraphFailure as long as it does not work. */
  return (pool: Pool, path: string): Promise<void> =>
    readyPath ? askWhetherReady(pool, readyPath) : askCheapest(pool, path);
};
