import type { Contestant } from '../measure/interleave';
import { startDatabase } from './database';
import { fillDemo, signIn } from './demo-data';
import { startOneProcess } from './start';

type Options = {
  /** The folder of the built clone; this one unless told. */
  readonly root?: string;
  /** Settings beside those that every clone needs. */
  readonly env?: NodeJS.ProcessEnv;
};

/** Teia in one process over a PostgreSQL of its own with the demo, to be compared with another. */
export const startClone = async (name: string, { root, env = {} }: Options) => {
  const database = await startDatabase(root);
  const teia = await startOneProcess({ ...database, env: { ...database.env, ...env } }).catch(
    async (error) => {
      await database.stop();
      throw error;
    },
  );
  return {
    contestant: async (): Promise<Contestant> => ({
      name,
      url: teia.url,
      subjects: await fillDemo(teia.url, database),
      headers: await signIn(teia.url, database),
      roles: { teia: () => [teia.router.pid], postgres: database.pids },
    }),
    stop: async () => {
      await teia.stop();
      await database.stop();
    },
  };
};
