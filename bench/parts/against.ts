import { fromRoot } from '../../platform/project-root';
import { type Contestant, interleave, type Settings } from '../measure/interleave';
import { operations } from '../operations';
import { compareTable } from '../report';
import { startDatabase } from '../teia/database';
import { fillDemo, signIn } from '../teia/demo-data';
import { startOneProcess } from '../teia/start';

const startClone = async (name: string, root: string) => {
  const database = await startDatabase(root);
  const teia = await startOneProcess(database).catch(async (error) => {
    await database.stop();
    throw error;
  });
  const stop = async () => {
    await teia.stop();
    await database.stop();
  };
  const contestant = async (): Promise<Contestant> => ({
    name,
    url: teia.url,
    subjects: await fillDemo(teia.url, database),
    headers: await signIn(teia.url, database),
    roles: { teia: () => [teia.router.pid], postgres: database.pids },
  });
  return { contestant, stop };
};

/**
 * This clone against another, each in one process over a PostgreSQL of its own with the same demo: what a change costs.
 *
 * @param other the folder of the other clone, with its dependencies and its build.
 */
export const benchAgainst = async (other: string, settings: Settings): Promise<void> => {
  const running: Awaited<ReturnType<typeof startClone>>[] = [];
  try {
    running.push(await startClone('before', other));
    running.push(await startClone('now', fromRoot()));
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
