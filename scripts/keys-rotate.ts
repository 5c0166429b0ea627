import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Config, ConfigError, readConfig } from '../platform/config';
import { findDataFolder } from '../platform/db/embedded/data-folder';
import { keyFileNames } from '../platform/ensure-key-file';
import type { KeysFile, KeysSetting } from '../platform/key-file';
import { rotateKeys } from '../platform/rotate-keys';

const usage =
  'npm run keys:rotate [-- internas] [--demora <segundos>]   (sem opções, as chaves que assinam tokens, em 120 s)';

/** Routers ask for new public keys every minute. */
const defaultDelay = '120';

const parse = () => {
  try {
    return parseArgs({
      options: { demora: { type: 'string', default: defaultDelay } },
      allowPositionals: true,
    });
  } catch {
    throw new ConfigError(`Uso: ${usage}`);
  }
};

const readArguments = () => {
  const { values, positionals } = parse();
  const [which, ...others] = positionals;
  const isValid = others.length === 0 && (which === undefined || which === 'internas');
  if (!isValid || !/^\d{1,6}$/.test(values.demora)) throw new ConfigError(`Uso: ${usage}`);
  const setting: KeysSetting = which ? 'TEIA_CHAVES_INTERNAS' : 'TEIA_CHAVES';
  return { setting, delayMs: Number(values.demora) * 1000 };
};

/** Where the start keeps the keys that it made, unless a setting says where they are. */
const findFile = async (config: Config, setting: KeysSetting): Promise<string> => {
  const given = config[setting];
  if (given) return given;
  const file = join(config.TEIA_DATA_DIR, keyFileNames[setting]);
  if (config.DATABASE_URL || existsSync(file) || !existsSync(config.TEIA_DATA_DIR)) return file;
  const { folder } = await findDataFolder(config.TEIA_DATA_DIR);
  return join(folder, keyFileNames[setting]);
};

const main = async () => {
  const { setting, delayMs } = readArguments();
  const keysFile: KeysFile = { setting, file: await findFile(readConfig(), setting) };
  const { kid, from, dropped } = await rotateKeys(keysFile, { now: new Date(), delayMs });
  const lines = [
    `${keysFile.file}: a chave ${kid} assina a partir de ${from.toISOString()}.`,
    ...dropped.map((old) => `A chave ${old} saiu: nada do que assinou vale mais.`),
  ];
  console.log(lines.join('\n'));
};

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
