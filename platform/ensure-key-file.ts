import { join } from 'node:path';
import type { Config } from './config';
import type { KeysSetting } from './key-file';
import { ensureSigningKeys } from './signing-keys';

/** The name, in a data folder, of the file that is made when a setting names none. */
export const keyFileNames: Readonly<Record<KeysSetting, string>> = {
  TEIA_CHAVES: 'chaves.json',
  TEIA_CHAVES_INTERNAS: 'chaves-internas.json',
};

type Options = {
  readonly config: Pick<Config, KeysSetting>;
  readonly setting: KeysSetting;
  /** Where keys are kept that nobody gave. */
  readonly dataDir: string;
  readonly onStep: (step: string) => void;
};

/**
 * @returns the key file that the setting names, or else the one in the data folder, made when there is none.
 * @throws ConfigError naming the setting when the file cannot be written.
 */
export const ensureKeyFile = async ({ config, setting, dataDir, onStep }: Options): Promise<string> => {
  const given = config[setting];
  if (given) return given;
  const file = join(dataDir, keyFileNames[setting]);
  if (await ensureSigningKeys(file, setting)) onStep(`${setting}: chaves criadas em ${file}`);
  return file;
};
