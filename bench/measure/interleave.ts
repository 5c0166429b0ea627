import type { Operation, Subjects } from '../operations';
import { openClient, type Target } from './ask';
import { burst, type Roles, type Sample } from './burst';

/** Something to measure: where it answers, for whom, and the processes that do the work. */
export type Contestant = Target & {
  readonly name: string;
  readonly subjects: Subjects;
  readonly roles: Roles;
};

export type Settings = {
  readonly rounds: number;
  /** How long each burst is measured. */
  readonly seconds: number;
  readonly inFlight: number;
};

/** The samples of one contestant, one for each round. */
export type Samples = { readonly name: string; readonly samples: Sample[] };

/** After which the engine has compiled what is used often. */
const warmUpSeconds = 2;

/** Turns the list by one place a round, so that nobody is always the first or always after the same. */
const rotate = <Item>(items: readonly Item[], by: number): Item[] => {
  const at = by % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
};

/**
 * Measures every contestant by every operation, interleaved: each round takes all contestants in turn,
 * operation by operation, in an order that turns.
 */
export const interleave = async (
  contestants: readonly Contestant[],
  operations: readonly Operation[],
  { rounds, seconds, inFlight }: Settings,
): Promise<ReadonlyMap<string, Samples[]>> => {
  const clients = contestants.map((contestant) => ({
    ...contestant,
    client: openClient(contestant, inFlight),
  }));
  const results = new Map(
    operations.map(({ name }) => [name, contestants.map(({ name }): Samples => ({ name, samples: [] }))]),
  );
  for (const operation of operations) {
    for (const { client, subjects, roles } of clients) {
      const send = (n: number) => client.ask(operation.body(n, subjects));
      await burst({ send, inFlight, seconds: warmUpSeconds, roles });
    }
  }
  for (let round = 0; round < rounds; round++) {
    for (const operation of operations) {
      for (const { name, client, subjects, roles } of rotate(clients, round)) {
        const send = (n: number) => client.ask(operation.body(n, subjects));
        // What was idle meanwhile has cold caches: that is no property of it.
        await burst({ send, inFlight, seconds: seconds / 10, roles });
        const sample = await burst({ send, inFlight, seconds, roles });
        results
          .get(operation.name)!
          .find((result) => result.name === name)!
          .samples.push(sample);
      }
    }
    console.log(`  round ${round + 1} of ${rounds}`);
  }
  for (const { client } of clients) await client.close();
  return results;
};
