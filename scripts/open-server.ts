import { type Config, ConfigError } from '../platform/config';
import { startEmbeddedPostgres } from '../platform/db/embedded';

/**
 * The server of the settings, for an administrator's work: your own, or the embedded one for as long as this takes.
 *
 * @throws ConfigError when your own comes without its administrator.
 */
export const openServer = async (config: Config) => {
  if (!config.DATABASE_URL) {
    return startEmbeddedPostgres({ dataDir: config.TEIA_DATA_DIR, onStep: console.log });
  }
  if (!config.DATABASE_ADMIN_URL) {
    throw new ConfigError('DATABASE_ADMIN_URL: é obrigatória aqui, junto de DATABASE_URL.');
  }
  return { adminUrl: config.DATABASE_ADMIN_URL, appUrl: config.DATABASE_URL, stop: async () => undefined };
};
