import { setTimeout as sleep } from 'node:timers/promises';
import { openClient } from '../measure/ask';
import { burst } from '../measure/burst';
import type { Settings } from '../measure/interleave';
import { memoryOf } from '../measure/server-process';
import { operations } from '../operations';
import { markdownTable } from '../report';
import { startDatabase } from '../teia/database';
import { fillDemo, signIn } from '../teia/demo-data';
import { startOneProcess } from '../teia/start';

const settleMs = 5_000;
const sampleMs = 200;
const megabyte = 1024 * 1024;

/** The largest sum of memory seen while the work went on, in bytes. */
const mostDuring = async (pids: () => readonly number[], work: Promise<unknown>): Promise<number> => {
  let most = 0;
  let done = false;
  const sampling = (async () => {
    while (!done) {
      most = Math.max(most, memoryOf(pids()));
      await sleep(sampleMs);
    }
  })();
  await work.finally(() => {
    done = true;
  });
  await sampling;
  return most;
};

/** What one machine needs: Teia in one process and its PostgreSQL, at rest and under load. */
export const benchMemory = async ({ seconds, inFlight, rounds }: Settings): Promise<void> => {
  const database = await startDatabase();
  const filling = await startOneProcess(database);
  const subjects = await fillDemo(filling.url, database);
  await filling.stop();
  const teia = await startOneProcess(database);
  try {
    const { ask, close } = openClient({ url: teia.url, headers: await signIn(teia.url, database) }, inFlight);
    const roles = { Teia: () => [teia.router.pid], PostgreSQL: database.pids };
    const load = async () => {
      for (const { body } of operations) {
        const send = (n: number) => ask(body(n, subjects));
        await burst({ send, inFlight, seconds: seconds * rounds, roles: {} });
      }
    };
    const measured = Object.entries(roles).map(([name, pids]) => ({
      name,
      pids,
      atRest: 0,
      under: 0,
      after: 0,
    }));
    await sleep(settleMs);
    for (const one of measured) one.atRest = memoryOf(one.pids());
    const working = load();
    await Promise.all(
      measured.map(async (one) => {
        one.under = await mostDuring(one.pids, working);
      }),
    );
    await close();
    await sleep(settleMs);
    for (const one of measured) one.after = memoryOf(one.pids());
    console.log(
      markdownTable(
        ['MB', 'at rest', 'under load, at most', '5 s after'],
        measured.map(({ name, atRest, under, after }) => [
          name,
          atRest / megabyte,
          under / megabyte,
          after / megabyte,
        ]),
      ),
    );
  } finally {
    await teia.stop();
    await database.stop();
  }
};
