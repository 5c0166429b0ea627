import type { Config } from '../platform/config';
import { bringUpDatabases } from '../platform/db/bring-up';
import { findRunningPostgres } from '../platform/db/embedded/running';
import { consumers } from '../subgraphs/consumers';

/** The databases of a Teia that runs already, or else of one brought up for as long as this takes. */
export const openDatabases = async (config: Config, subgraphs: readonly string[]) => {
  const running = config.DATABASE_URL ?? (await findRunningPostgres(config.TEIA_DATA_DIR))?.appUrl;
  return bringUpDatabases(
    running ? { ...config, DATABASE_URL: running, DATABASE_ADMIN_URL: undefined } : config,
    { subgraphs, destinos: Object.keys(consumers) },
    console.log,
  );
};
