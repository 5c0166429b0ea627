import { type Contestant, interleave, type Settings } from '../measure/interleave';
import { checkSameAnswers } from '../measure/same-answers';
import { operations } from '../operations';
import { compareTable } from '../report';
import { startDatabase } from '../teia/database';
import { fillDemo, signIn } from '../teia/demo-data';
import { startOneProcess, startSplit, type Teia } from '../teia/start';

/** Teia end to end on PostgreSQL, in both modes, on the demo's data. */
export const benchPostgres = async (settings: Settings): Promise<void> => {
  const database = await startDatabase();
  const running: Teia[] = [];
  try {
    running.push(await startOneProcess(database), await startSplit(database));
    const subjects = await fillDemo(running[0]!.url, database);
    const headers = await signIn(running[0]!.url, database);
    const contestants = running.map(
      ({ name, url, router, subgraphs }): Contestant => ({
        name,
        url,
        headers,
        subjects,
        roles: {
          router: () => [router.pid],
          subgraphs: () => subgraphs.map(({ pid }) => pid),
          postgres: database.pids,
        },
      }),
    );
    await checkSameAnswers(contestants, operations);
    for (const [operation, samples] of await interleave(contestants, operations, settings)) {
      console.log(`\n**${operation}**\n`);
      console.log(
        compareTable(samples, {
          roles: { router: 'router', subgraphs: 'subgraphs', postgres: 'PostgreSQL', client: 'client' },
          compared: ['router', 'subgraphs', 'postgres'],
          base: 'one process',
        }),
      );
    }
  } finally {
    for (const { stop } of running) await stop();
    await database.stop();
  }
};
