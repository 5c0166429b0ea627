import { type Contestant, interleave, type Settings } from '../measure/interleave';
import { operations } from '../operations';
import { compareTable } from '../report';
import { startClone } from '../teia/clone';

/**
 * This clone against another, each in one process over a PostgreSQL of its own with the same demo: what a change costs.
 *
 * @param other the folder of the other clone, with its dependencies and its build.
 */
export const benchAgainst = async (other: string, settings: Settings): Promise<void> => {
  const running: Awaited<ReturnType<typeof startClone>>[] = [];
  try {
    running.push(await startClone('before', { root: other }));
    running.push(await startClone('now', {}));
    const contestants: Contestant[] = [];
    for (const { contestant } of running) contestants.push(await contestant());
    for (const [operation, samples] of await interleave(contestants, operations, settings)) {
      console.log(`\n**${operation}**\n`);
      console.log(
        compareTable(samples, {
          roles: { teia: 'Teia', postgres: 'PostgreSQL', client: 'client' },
          compared: ['teia', 'postgres'],
          base: 'before',
        }),
      );
    }
  } finally {
    for (const { stop } of running) await stop();
  }
};
