import type { Profiler } from 'node:inspector';
import { fromRoot } from '../../platform/project-root';
import { openClient } from '../measure/ask';
import { burst } from '../measure/burst';
import type { Settings } from '../measure/interleave';
import type { ServerProcess } from '../measure/server-process';
import { operations } from '../operations';
import { markdownTable } from '../report';
import { startDatabase } from '../teia/database';
import { fillDemo, signIn } from '../teia/demo-data';
import { startOneProcess, startSplit, type Teia } from '../teia/start';
import { type Share, selfTimes } from './self-times';

const shown = 12;

const table = (title: string, shares: readonly Share[]): string =>
  markdownTable(
    [title, '% of working time'],
    shares.slice(0, shown).map(({ name, percent }) => [`\`${name}\``, percent]),
  );

const rolesOf = ({ name, router, subgraphs }: Teia): Record<string, readonly ServerProcess[]> =>
  subgraphs.length > 0 ? { 'split: router': [router], 'split: subgraphs': subgraphs } : { [name]: [router] };

const tell = <Answer>(processes: readonly ServerProcess[], message: string) =>
  Promise.all(processes.map(({ ask }) => ask(message) as Promise<Answer>));

/** Where the time of each operation goes, in both modes on PostgreSQL, by CPU profiles of Teia's processes. */
export const profile = async ({ seconds, inFlight }: Settings): Promise<void> => {
  const database = await startDatabase();
  const options = { env: database.env, preload: fromRoot('dist', 'bench', 'profile', 'preload.js') };
  const running: Teia[] = [];
  try {
    running.push(await startOneProcess(options), await startSplit(options));
    const subjects = await fillDemo(running[0]!.url, database);
    const headers = await signIn(running[0]!.url, database);
    for (const teia of running) {
      const { ask, close } = openClient({ url: teia.url, headers }, inFlight);
      for (const { name, body } of operations) {
        const work = { send: (n: number) => ask(body(n, subjects)), inFlight, seconds, roles: {} };
        await burst(work);
        const roles = Object.entries(rolesOf(teia));
        for (const [, processes] of roles) await tell(processes, 'profile:start');
        const { perSecond } = await burst(work);
        for (const [role, processes] of roles) {
          const profiles = await tell<Profiler.Profile>(processes, 'profile:stop');
          const { groups, functions } = selfTimes(profiles);
          console.log(`\n### ${name}, ${role} (${Math.round(perSecond)} req/s while profiled)\n`);
          console.log(`${table('package or file', groups)}\n\n${table('function', functions)}`);
        }
      }
      await close();
    }
  } finally {
    for (const { stop } of running) await stop();
    await database.stop();
  }
};
