import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';

const patienceMs = 60_000;
const longestPauseMs = 20;

const begin =
  'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SELECT pg_current_snapshot()::text AS snapshot';

/** What each database shows from now on: the transactions of the whole server that had ended by then. */
const lookTogether = (clients: readonly Client[]): Promise<string[]> =>
  Promise.all(
    clients.map(async (client) => {
      // One message to each, so that they look as close together as they can.
      const results: unknown = await client.query(`ROLLBACK; ${begin}`);
      return (results as { rows: { snapshot: string }[] }[]).at(-1)!.rows[0]!.snapshot;
    }),
  );

/**
 * Begins a read-only transaction in each of several databases of one server, all of which see the same instant: an
 * effect in one never without its cause in another. Transactions are numbered for the server as a whole, so equal
 * snapshots are one instant, and looking again until they are equal holds nobody up.
 *
 * @throws Error when no instant was caught within a minute.
 */
export const freezeTogether = async (clients: readonly Client[], signal?: AbortSignal): Promise<string> => {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const [first, ...others] = await lookTogether(clients);
    if (first !== undefined && others.every((snapshot) => snapshot === first)) return first;
    signal?.throwIfAborted();
    if (Date.now() > deadline) {
      throw new Error(
        'Não houve, em um minuto, um instante igual em todas as bases; repita com menos escritas.',
      );
    }
    await sleep(Math.random() * longestPauseMs);
  }
};
