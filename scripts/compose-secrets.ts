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

type Variable = {
  readonly value: () => string;
  /** What whoever reads `.env` has to know of it, by lines. */
  readonly comment?: readonly string[];
  /** Another one, without which it is not wanted. */
  readonly with?: string;
};

const variables: Readonly<Record<string, Variable>> = {
  POSTGRES_PASSWORD: { value: newPassword },
  POSTGRES_APP_PASSWORD: { value: newPassword },
  REDIS_PASSWORD: { value: newPassword },
  GRAFANA_SENHA: { value: newPassword },
  ADMIN_EMAIL: { value: () => 'admin@teia.local' },
  ADMIN_SENHA: { value: newPassword },
  APP_URL: {
    value: () => 'http://localhost:3000',
    comment: ['Where the front end is, for links in messages. Change it for production.'],
  },
  CORREIO_URL: {
    value: () => 'smtp://correio:1025',
    comment: [
      'This server delivers nothing: it shows messages at http://127.0.0.1:8025. For production name one that delivers',
      '(smtp://usuario:senha@servidor:587), set EMAIL_REMETENTE, and take the line with COMPOSE_PROFILES out.',
    ],
  },
  COMPOSE_PROFILES: { value: () => 'correio', with: 'CORREIO_URL' },
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
  const missing = Object.entries(variables).filter(
    ([name, { with: other = name }]) => !given[name] && !given[other],
  );
  if (missing.length === 0) return [];
  const lines = missing
    .flatMap(([name, { value, comment = [] }]) => [
      ...comment.map((line) => `# ${line}`),
      `${name}=${value()}`,
    ])
    .map((line) => `${line}\n`)
    .join('');
  await appendFile(file, text === '' || text.endsWith('\n') ? lines : `\n${lines}`, { mode: 0o600 });
  await chmod(file, 0o600);
  return missing.map(([name]) => name);
};

/**
 * Makes what docker-compose.yml asks for and is not there: key files, and in `.env` passwords and what is good
 * enough for a first look. What is there stays as it is.
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
