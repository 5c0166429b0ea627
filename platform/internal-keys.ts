import { join } from 'node:path';
import type { Config } from './config';
import type { OnClose } from './run-process';
import { ensureSigningKeys, type SigningKeys } from './signing-keys';
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
  const file = config.TEIA_CHAVES_INTERNAS ?? join(config.TEIA_DATA_DIR, 'chaves-internas.json');
  if (!config.TEIA_CHAVES_INTERNAS && (await ensureSigningKeys(file, setting))) {
    onStep(`Chaves internas criadas em ${file}`);
  }
  const keys = await watchSigningKeys(file, setting);
  onClose(keys.stop);
  return keys;
};
