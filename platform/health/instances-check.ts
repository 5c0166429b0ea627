import { Agent, request } from 'undici';

const patienceMs = 1_500;

/**
 * Makes checks of subgraphs in other processes by what each instance says of its own readiness. They have connections of
 * their own: those for questions may all be taken.
 */
export const createInstancesChecks = () => {
  const agent = new Agent({ connections: 1, connect: { timeout: patienceMs } });
  const isReady = async (origin: string): Promise<void> => {
    const { statusCode, body } = await request(`${origin}/health/ready`, {
      dispatcher: agent,
      signal: AbortSignal.timeout(patienceMs),
    });
    await body.dump();
    if (statusCode !== 200) throw new Error(`answered ${statusCode}`);
  };
  return {
    /** Rejects when no instance is ready; 'degraded' when some are not. */
    checkOf: (origins: readonly string[]) => async (): Promise<'degraded' | undefined> => {
      const asked = await Promise.allSettled(origins.map(isReady));
      const failed = asked.filter((one) => one.status === 'rejected');
      if (failed.length === asked.length) throw failed[0]?.reason;
      return failed.length > 0 ? 'degraded' : undefined;
    },
    close: () => agent.destroy(),
  };
};
