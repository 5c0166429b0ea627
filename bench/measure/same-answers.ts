import { isDeepStrictEqual } from 'node:util';
import type { Operation } from '../operations';
import { openClient } from './ask';
import type { Contestant } from './interleave';

const probes = [0, 1, 7];

/**
 * Whether all contestants answer each operation with the same data: otherwise they would not be compared by
 * the same work.
 *
 * @throws Error naming who differs, and in which operation.
 */
export const checkSameAnswers = async (
  contestants: readonly Contestant[],
  operations: readonly Operation[],
): Promise<void> => {
  const [first] = contestants;
  const answers = new Map<string, unknown>();
  for (const contestant of contestants) {
    const { ask, close } = openClient(contestant, 1);
    for (const { name, body } of operations) {
      for (const n of probes) {
        const { data } = JSON.parse((await ask(body(n, contestant.subjects))).text);
        const key = `${name} ${n}`;
        if (!answers.has(key)) answers.set(key, data);
        if (!isDeepStrictEqual(answers.get(key), data)) {
          throw new Error(`${contestant.name} answers ${key} differently from ${first!.name}`);
        }
      }
    }
    await close();
  }
};
