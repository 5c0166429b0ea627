import type { Config } from './config';
import { ensureKeyFile } from './ensure-key-file';
import type { OnClose } from './run-process';
import type { SigningKeys } from './signing-keys';
import { watchSigningKeys } from './watch-signing-keys';

type Options = {
  readonly config: Config;
  readonly onStep: (step: string) => void;
  readonly onClose: OnClose;
};

const setting = 'TEIA_CHAVES_INTERNAS';

/**
 * The keys with which processes of Teia tell each other who is asking, read again while the process runs. In
 * development they are made, in the folder that all processes of one machine are given.
 *
 * @throws ConfigError naming TEIA_CHAVES_INTERNAS when the file is not one of keys.
 */
export const openInternalKeys = async ({ config, onStep, onClose }: Options): Promise<SigningKeys> => {
  const file = await ensureKeyFile({ config, setting, dataDir: config.TEIA_DATA_DIR, onStep });
  const keys = await watchSigningKeys(file, setting);
  onClose(keys.stop);
  return keys;
};
