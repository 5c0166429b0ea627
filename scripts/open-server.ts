import { type Config, ConfigError } from '../platform/config';
import { findServer } from '../platform/db/bring-up';

/**
 * The server of the settings, for an administrator's work: your own, or the embedded one for as long as this takes.
 *
 * @throws ConfigError when your own comes without its administrator.
 */
export const openServer = async (config: Config) => {
  const { adminUrl, appUrl, stop } = await findServer(config, console.log);
  if (!adminUrl) throw new ConfigError('DATABASE_ADMIN_URL: é obrigatória aqui, junto de DATABASE_URL.');
  return { adminUrl, appUrl, stop };
};
