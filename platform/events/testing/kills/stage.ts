import { v7 } from 'uuid';
import { QUEUE_DATABASE } from '../../../db/queue-database';
import { startRedisServer } from '../../../testing/redis-server';
import { temporaryFolder } from '../../../testing/temporary-folder';
import { createAdministrators } from './administrators';
import { startMortalPostgres } from './mortal-postgres';
import { prepareDatabases } from './prepare-databases';
import type { ParticipantSettings } from './settings';

export type Engine = 'postgres' | 'redis';

const organizations = 8;
const clientesOfEach = 6;

/** The servers, databases and tenants of one run. Nothing of it is left after `close`. */
export const openStage = async (engine: Engine) => {
  const closing: (() => Promise<unknown>)[] = [];
  const close = async (): Promise<void> => {
    for (const undo of closing.splice(0).reverse()) await undo();
  };
  try {
    const folder = await temporaryFolder();
    closing.push(folder.remove);
    const postgres = await startMortalPostgres(folder.path);
    closing.push(postgres.stop);
    const redis = engine === 'redis' ? await startRedisServer() : null;
    if (redis) closing.push(redis.stop);
    const databases = await prepareDatabases(postgres);
    const administrators = createAdministrators(databases);
    closing.push(administrators.stop);
    const settings: Omit<ParticipantSettings, 'role' | 'seed'> = {
      clientesUrl: databases.asApp('clientes'),
      vendasUrl: databases.asApp('vendas'),
      store: redis ? { redisUrl: redis.url } : { databaseUrl: databases.asApp(QUEUE_DATABASE) },
      organizations: Array.from({ length: organizations }, () => ({
        id: v7(),
        clientes: Array.from({ length: clientesOfEach }, () => v7()),
      })),
    };
    return { postgres, redis, databases, administrators, settings, close };
  } catch (error) {
    await close();
    throw error;
  }
};

export type Stage = Awaited<ReturnType<typeof openStage>>;
