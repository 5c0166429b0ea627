import { generateKeyPairSync } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLocalJWKSet, jwtVerify, SignJWT } from 'jose';
import { ConfigError } from './config';
import { ensureSigningKeys, readSigningKeys } from './signing-keys';

const now = new Date('2026-11-22T12:00:00Z');
const seconds = now.getTime() / 1000;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'teia-chaves-'));
});
afterAll(() => rm(folder, { recursive: true }));

let files = 0;
const newFile = () => join(folder, `${files++}`, 'chaves.json');

const fileWith = async (content: string) => {
  const file = newFile();
  await mkdir(join(file, '..'));
  await writeFile(file, content);
  return file;
};
const keySet = (...keys: unknown[]) => fileWith(JSON.stringify({ keys }));

const ed25519 = (kid: string) => ({
  ...generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }),
  kid,
});

describe('ensureSigningKeys', () => {
  test('makes one private Ed25519 key that only its owner can read, in folders of its own', async () => {
    const file = newFile();
    await expect(ensureSigningKeys(file)).resolves.toBe(true);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({
      keys: [
        {
          kty: 'OKP',
          crv: 'Ed25519',
          x: expect.stringMatching(/^[\w-]{43}$/),
          d: expect.stringMatching(/^[\w-]{43}$/),
          kid: expect.stringMatching(/^[\w-]{43}$/),
          alg: 'EdDSA',
          use: 'sig',
        },
      ],
    });
    expect(await readdir(join(file, '..'))).toEqual(['chaves.json']);
  });

  test('leaves what is there alone, whatever it is', async () => {
    const file = await fileWith('não é JSON');
    await expect(ensureSigningKeys(file)).resolves.toBe(false);
    expect(await readFile(file, 'utf8')).toBe('não é JSON');
  });

  test('of many starts at once one makes it, and all then read the same', async () => {
    const file = newFile();
    const made = await Promise.all(
      Array.from({ length: 20 }, async () => ({
        made: await ensureSigningKeys(file),
        kid: (await readSigningKeys(file)).signing(now).kid,
      })),
    );
    expect(made.filter(({ made }) => made)).toHaveLength(1);
    expect(new Set(made.map(({ kid }) => kid)).size).toBe(1);
    expect(await readdir(join(file, '..'))).toEqual(['chaves.json']);
  });

  test('says which setting names a place that cannot be written', async () => {
    const file = await fileWith('');
    const refusal = await ensureSigningKeys(join(file, 'chaves.json')).catch((error) => error);
    expect(refusal).toBeInstanceOf(ConfigError);
    expect(refusal.message).toMatch(/^TEIA_CHAVES: não foi possível criar as chaves \((ENOTDIR|EEXIST)\)/);
  });
});

describe('readSigningKeys', () => {
  test('what the first key signs, the published halves verify', async () => {
    const file = newFile();
    await ensureSigningKeys(file);
    const { signing, jwks } = await readSigningKeys(file);
    const { kid, privateKey } = signing(now);
    const token = await new SignJWT({ sub: 'x' }).setProtectedHeader({ alg: 'EdDSA', kid }).sign(privateKey);
    const { payload } = await jwtVerify(token, createLocalJWKSet(await jwks()), { algorithms: ['EdDSA'] });
    expect(payload).toEqual({ sub: 'x' });
  });

  test('the first of several signs, all are published, and no private half leaves', async () => {
    const { d: _, ...retired } = ed25519('c');
    const { signing, jwks } = await readSigningKeys(await keySet(ed25519('a'), ed25519('b'), retired));
    expect(signing(now).kid).toBe('a');
    const { keys } = await jwks();
    expect(keys.map((key) => key.kid)).toEqual(['a', 'b', 'c']);
    for (const key of keys) expect(Object.keys(key).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x']);
  });

  test('of keys with a time the one that began last signs, and none before its time', async () => {
    const from = (kid: string, nbf: number) => ({ ...ed25519(kid), nbf: seconds + nbf });
    const { d: _, ...verifiesOnly } = from('e', -1);
    const file = await keySet(verifiesOnly, ed25519('a'), from('d', 60), from('c', 0), from('b', -60));
    const { signing, jwks } = await readSigningKeys(file);
    const signsAt = (s: number) => signing(new Date((seconds + s) * 1000)).kid;
    expect([-61, -60, -0.001, 0, 59.999, 60, 9e6].map(signsAt)).toEqual(['a', 'b', 'b', 'c', 'c', 'd', 'd']);
    for (const key of (await jwks()).keys) expect(key).not.toHaveProperty('nbf');
  });

  test('when those that signed were taken away, the next one signs before its time', async () => {
    const later = { ...ed25519('b'), nbf: seconds + 120 };
    const { signing } = await readSigningKeys(await keySet({ ...ed25519('a'), nbf: seconds + 60 }, later));
    expect(signing(now).kid).toBe('a');
  });

  const { d, ...publicOnly } = ed25519('a');
  const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ format: 'jwk' });
  const rsa2048 = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
  const p256 = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' });
  const x25519 = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' });
  const { kid: _, ...nameless } = ed25519('a');

  test.each([
    ['a missing file', () => Promise.resolve(newFile()), /o arquivo não existe/],
    ['a folder', () => Promise.resolve(folder), /não foi possível ler \(EISDIR\)/],
    ['nothing', () => fileWith(''), /não é JSON/],
    ['half a file', () => fileWith(`{"keys":[{"d":"${d}"`), /não é JSON/],
    ['null', () => fileWith('null'), /deve ser um JWK Set/],
    ['a lone key', () => fileWith(JSON.stringify(ed25519('a'))), /deve ser um JWK Set/],
    ['keys that are no list', () => fileWith('{"keys":{"0":1}}'), /deve ser um JWK Set/],
    ['no key', () => keySet(), /nenhuma chave privada Ed25519/],
    ['a key that is none', () => keySet(null), /chave 1: /],
    ['only a public half', () => keySet(publicOnly), /nenhuma chave privada Ed25519/],
    ['an RSA key', () => keySet({ ...rsa, kid: 'a' }), /só chaves Ed25519/],
    ['an EC key', () => keySet({ ...p256, kid: 'a' }), /só chaves Ed25519/],
    ['a key for agreement', () => keySet({ ...x25519, kid: 'a' }), /só chaves Ed25519/],
    ['a secret', () => keySet({ kty: 'oct', k: 'c2VncmVkbw', kid: 'a' }), /só chaves Ed25519/],
    ['a weak key behind a good one', () => keySet(ed25519('a'), { ...rsa, kid: 'b' }), /chave 2: só chaves/],
    ['a key without a name', () => keySet(nameless), /falta o identificador/],
    ['an empty name', () => keySet(ed25519('')), /falta o identificador/],
    ['an RSA key of 2048 bits', () => keySet({ ...rsa2048, kid: 'a' }), /só chaves Ed25519/],
    [
      'Ed25519 by name and RSA inside',
      () => keySet({ ...rsa, kty: 'OKP', crv: 'Ed25519', kid: 'a' }),
      /chave 1/,
    ],
    ['a private half that is too long', () => keySet({ ...ed25519('a'), d: `${d}A` }), /32 bytes/],
    [
      'halves of two keys, behind a good one',
      () => keySet(ed25519('a'), { ...ed25519('b'), d }),
      /chave 2: /,
    ],
    ['a beginning that is text', () => keySet({ ...ed25519('a'), nbf: '0' }), /nbf/],
    ['a beginning before all time', () => keySet({ ...ed25519('a'), nbf: -1 }), /chave 1: /],
    ['two of one name', () => keySet(ed25519('a'), ed25519('a')), /mesmo identificador/],
    ['a short private half', () => keySet({ ...ed25519('a'), d: 'AAAA' }), /32 bytes/],
    ['no public half', () => keySet({ ...ed25519('a'), x: undefined }), /falta a parte pública/],
    ['halves of two keys', () => keySet({ ...ed25519('a'), d }), /não é a da parte privada/],
    ['another algorithm', () => keySet({ ...ed25519('a'), alg: 'HS256' }), /deve ser EdDSA/],
    ['another use', () => keySet({ ...ed25519('a'), use: 'enc' }), /deve ser sig/],
  ])('refuses %s, naming the setting and quoting no key', async (_, write, reason) => {
    const refusal = await readSigningKeys(await write()).catch((error) => error);
    expect(refusal).toBeInstanceOf(ConfigError);
    expect(refusal.message).toMatch(/^TEIA_CHAVES: /);
    expect(refusal.message).toMatch(reason);
    expect(refusal.message).not.toContain(d);
  });
});
