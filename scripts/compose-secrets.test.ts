import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import { readSigningKeys } from '../platform/signing-keys';
import { temporaryFolder } from '../platform/testing/temporary-folder';
import { parseComposeFile, readComposeFile } from './compose-file';
import { makeComposeSecrets } from './compose-secrets';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

const read = (file: string) => readFile(join(folder.path, file), 'utf8');
const modeOf = async (file: string) => (await stat(join(folder.path, file))).mode & 0o777;

const compose = readComposeFile();
const keyFiles = [
  ...new Set(
    Object.values(compose.services).flatMap(({ environment, volumes }) =>
      Object.entries(environment)
        .filter(([name]) => name.startsWith('TEIA_CHAVES'))
        .map(([, file]) => join(volumes.get(dirname(file))!, basename(file))),
    ),
  ),
];
const asked = Object.values(compose.services).flatMap(({ environment }) =>
  Object.values(environment).flatMap((value) => [...value.matchAll(/\$\{(\w+):\?/g)].map(([, name]) => name)),
);

describe('compose:secrets', () => {
  it('makes all that docker-compose.yml asks for, readable for none but whom it is for', async () => {
    await makeComposeSecrets(folder.path);
    const given = parseEnv(await read('.env'));
    expect(new Set(Object.keys(given))).toEqual(new Set([...asked, 'GRAFANA_SENHA', 'COMPOSE_PROFILES']));
    const passwords = Object.entries(given).filter(([name]) => /PASSWORD|SENHA/.test(name));
    for (const [, password] of passwords) expect(password).toMatch(/^[\w-]{32}$/);
    expect(new Set(passwords.map(([, password]) => password)).size).toBe(passwords.length);
    expect(await modeOf('.env')).toBe(0o600);
    expect(await modeOf('deploy/segredos')).toBe(0o700);
    const kids = await Promise.all(
      keyFiles.map(async (file) => {
        expect(await modeOf(file)).toBe(0o444);
        expect(await modeOf(dirname(file))).toBe(0o755);
        return (await readSigningKeys(join(folder.path, file))).signing(new Date()).kid;
      }),
    );
    expect(new Set(kids).size).toBe(2);
  });

  it('changes nothing the second time', async () => {
    await makeComposeSecrets(folder.path);
    const files = ['.env', ...keyFiles];
    const before = await Promise.all(files.map(read));
    expect(await makeComposeSecrets(folder.path)).toEqual([]);
    expect(await Promise.all(files.map(read))).toEqual(before);
  });

  it('keeps what somebody chose, and adds what is missing or empty', async () => {
    await writeFile(join(folder.path, '.env'), 'REDIS_PASSWORD=minha\nADMIN_SENHA=\nPORT=4100');
    await mkdir(join(folder.path, dirname(keyFiles[0]!)), { recursive: true });
    await writeFile(join(folder.path, keyFiles[0]!), 'minhas');
    const made = await makeComposeSecrets(folder.path);
    expect(made).not.toContain('.env: REDIS_PASSWORD');
    expect(made).toContain('.env: ADMIN_SENHA');
    const text = await read('.env');
    expect(text).toMatch(/^REDIS_PASSWORD=minha\nADMIN_SENHA=\nPORT=4100\n/);
    expect(parseEnv(text)).toMatchObject({ REDIS_PASSWORD: 'minha', PORT: '4100' });
    expect(parseEnv(text).ADMIN_SENHA).toHaveLength(32);
    expect(await read(keyFiles[0]!)).toBe('minhas');
  });

  it('has messages shown until somebody names a server that delivers them, and says so', async () => {
    await makeComposeSecrets(folder.path);
    const text = await read('.env');
    const { CORREIO_URL = '', APP_URL, COMPOSE_PROFILES } = parseEnv(text);
    const { hostname, port } = new URL(CORREIO_URL);
    expect([hostname, port, APP_URL]).toEqual(['correio', '1025', 'http://localhost:3000']);
    expect(parseComposeFile()).toMatchObject({ services: { [hostname]: { profiles: [COMPOSE_PROFILES] } } });
    for (const name of ['APP_URL', 'CORREIO_URL']) expect(text).toMatch(new RegExp(`^#.*\\n${name}=`, 'm'));
    for (const line of text.trim().split('\n')) expect(line).toMatch(/^(# .+|[A-Z_]+=\S+)$/);
  });

  it('starts no such server beside one that somebody named', async () => {
    await writeFile(join(folder.path, '.env'), 'CORREIO_URL=smtp://correio.exemplo.com:587\n');
    const made = await makeComposeSecrets(folder.path);
    expect(made).toContain('.env: APP_URL');
    expect(parseEnv(await read('.env'))).not.toHaveProperty('COMPOSE_PROFILES');
    expect(await makeComposeSecrets(folder.path)).toEqual([]);
  });
});
