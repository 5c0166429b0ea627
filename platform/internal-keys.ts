import { join } from 'node:path';
import type { Config } from './config';
import { ensureSigningKeys, readSigningKeys, type SigningKeys } from './signing-keys';

type Options = { readonly config: Config; readonly onStep: (step: string) => void };

const setting = 'TEIA_CHAVES_INTERNAS';

/**
 * The keys with which processes of Teia tell each other who is asking. In development they are made, in
 * the folder that all processes of one machine are given.
 *
 * @throws ConfigError naming TEIA_CHAVES_INTERNAS when the file is not one of keys.
 */
export const readInternalKeys = async ({ config, onStep }: Options): Promise<SigningKeys> => {
  const file = config.TEIA_CHAVES_INTERNAS ?? join(config.TEIA_DATA_DIR, 'chaves-internas.json');
  if (!config.TEIA_CHAVES_INTERNAS && (await ensureSigningKeys(file, setting))) {
    onStep(`Chaves internas criadas em ${file}`);
  }
  return readSigningKeys(file, setting);
};
