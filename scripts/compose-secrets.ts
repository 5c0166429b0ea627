import { randomBytes } from 'node:crypto';
import { appendFile, chmod, mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import type { KeysSetting } from '../platform/key-file';
import { fromRoot } from '../platform/project-root';
import { ensureSigningKeys } from '../platform/signing-keys';

const PASSWORD_BYTES = 24;

const keyFiles: Readonly<Record<KeysSetting, string>> = {
  TEIA_CHAVES: 'assinatura/chaves.json',
  TEIA_CHAVES_INTERNAS: 'internas/chaves.json',
};

/** Of characters that need no escape in an address, a shell or a .env file. */
const newPassword = () => randomBytes(PASSWORD_BYTES).toString('base64url');

const variables: Readonly<Record<string, () => string>> = {
  POSTGRES_PASSWORD: newPassword,
  POSTGRES_APP_PASSWORD: newPassword,
  REDIS_PASSWORD: newPassword,
  ADMIN_EMAIL: () => 'admin@teia.local',
  ADMIN_SENHA: newPassword,
};

const secretsFolder = 'deploy/segredos';

const makeKeys = async (file: string, setting: KeysSetting): Promise<boolean> => {
  await mkdir(dirname(file), { recursive: true });
  if (!(await ensureSigningKeys(file, setting))) return false;
  // A container reads it as a user of its own; on this machine the folder above keeps everybody out.
  await chmod(dirname(file), 0o755);
  await chmod(file, 0o444);
  return true;
};

const addVariables = async (file: string): Promise<string[]> => {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const given = parseEnv(text);
  const missing = Object.entries(variables).filter(([name]) => !given[name]);
  if (missing.length === 0) return [];
  const lines = missing.map(([name, make]) => `${name}=${make()}\n`).join('');
  await appendFile(file, text === '' || text.endsWith('\n') ? lines : `\n${lines}`, { mode: 0o600 });
  await chmod(file, 0o600);
  return missing.map(([name]) => name);
};

/**
 * Makes what docker-compose.yml asks for and is not there: key files, and passwords in `.env`. What is there
 * stays as it is.
 *
 * @param folder the one with docker-compose.yml.
 * @returns what was made: paths from that folder and names of variables.
 */
export const makeComposeSecrets = async (folder: string): Promise<string[]> => {
  const made: string[] = [];
  await mkdir(join(folder, secretsFolder), { recursive: true });
  await chmod(join(folder, secretsFolder), 0o700);
  for (const setting of Object.keys(keyFiles) as KeysSetting[]) {
    const file = join(secretsFolder, keyFiles[setting]);
    if (await makeKeys(join(folder, file), setting)) made.push(file);
  }
  return [...made, ...(await addVariables(join(folder, '.env'))).map((name) => `.env: ${name}`)];
};

const main = async () => {
  const made = await makeComposeSecrets(process.argv[2] ?? fromRoot());
  console.log(made.join('\n') || 'Nada a fazer: chaves e senhas já existem.');
};

if (require.main === module) {
  main().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
