import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomUUID,
} from 'node:crypto';
import { access, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { calculateJwkThumbprint, type JSONWebKeySet } from 'jose';
import { z } from 'zod';
import { ConfigError } from './config';

const thirtyTwoBytes = z
  .string({ error: 'falta a parte pública (x)' })
  .regex(/^[\w-]{43}$/, { error: 'deve ter 32 bytes em base64url' });

const ed25519Key = z.object({
  kty: z.literal('OKP', { error: 'só chaves Ed25519 são aceitas (kty OKP)' }),
  crv: z.literal('Ed25519', { error: 'só chaves Ed25519 são aceitas (crv Ed25519)' }),
  x: thirtyTwoBytes,
  d: thirtyTwoBytes.optional(),
  kid: z.string({ error: 'falta o identificador (kid)' }).min(1, { error: 'falta o identificador (kid)' }),
  alg: z.literal('EdDSA', { error: 'o algoritmo (alg) deve ser EdDSA' }).default('EdDSA'),
  use: z.literal('sig', { error: 'o uso (use) deve ser sig' }).default('sig'),
});
type Ed25519Key = z.output<typeof ed25519Key>;

const keySet = z.object({
  keys: z.array(ed25519Key, { error: 'deve ser um JWK Set (RFC 7517)' }).min(1, {
    error: 'não tem nenhuma chave privada Ed25519',
  }),
});

export type SigningKeys = {
  /** The `kid` of the key that signs. */
  readonly kid: string;
  readonly privateKey: KeyObject;
  /** The public half of every key, for whoever verifies. */
  readonly jwks: JSONWebKeySet;
};

/** The setting that names a key file, for whoever has to correct it. */
export type KeysSetting = 'TEIA_CHAVES' | 'TEIA_CHAVES_INTERNAS';
type KeysFile = { readonly file: string; readonly setting: KeysSetting };

const refused = ({ file, setting }: KeysFile, reason: string) =>
  new ConfigError(`${setting}: ${reason} (arquivo ${file}).`);

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'erro desconhecido';

const readJson = async (from: KeysFile): Promise<unknown> => {
  const text = await readFile(from.file, 'utf8').catch((error: unknown) => {
    const isMissing = codeOf(error) === 'ENOENT';
    throw refused(from, isMissing ? 'o arquivo não existe' : `não foi possível ler (${codeOf(error)})`);
  });
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message would quote the key.
    throw refused(from, 'o conteúdo não é JSON');
  }
};

const explain = ({ path: [, index], message }: z.core.$ZodIssue): string =>
  typeof index === 'number' ? `chave ${index + 1}: ${message}` : message;

const checkedKeys = (from: KeysFile, json: unknown): [Ed25519Key, ...Ed25519Key[]] => {
  const parsed = keySet.safeParse(json, { error: () => 'deve ser um JWK Set (RFC 7517)' });
  if (!parsed.success) throw refused(from, parsed.error.issues.map(explain).join('; '));
  const { keys } = parsed.data;
  const kids = new Set(keys.map(({ kid }) => kid));
  if (kids.size < keys.length) throw refused(from, 'há duas chaves com o mesmo identificador (kid)');
  return keys as [Ed25519Key, ...Ed25519Key[]];
};

const privateKeyOf = (from: KeysFile, { kty, crv, x, d }: Ed25519Key): KeyObject => {
  if (!d) throw refused(from, 'a primeira chave, que assina, não é uma chave privada Ed25519 (falta d)');
  const privateKey = createPrivateKey({ key: { kty, crv, x, d }, format: 'jwk' });
  // OpenSSL takes `x` on trust: with another key's, every token that we sign would be refused.
  if (createPublicKey(privateKey).export({ format: 'jwk' }).x !== x) {
    throw refused(from, 'chave 1: a parte pública (x) não é a da parte privada (d)');
  }
  return privateKey;
};

/**
 * Reads a JWK Set (RFC 7517) that signs: Ed25519 keys only (RFC 8037), each with its own `kid`. The first
 * signs; the others, private or public, still verify what they signed.
 *
 * @throws ConfigError naming the setting and what is wrong with the file, quoting nothing of it.
 */
export const readSigningKeys = async (
  file: string,
  setting: KeysSetting = 'TEIA_CHAVES',
): Promise<SigningKeys> => {
  const from = { file, setting };
  const keys = checkedKeys(from, await readJson(from));
  return {
    kid: keys[0].kid,
    privateKey: privateKeyOf(from, keys[0]),
    jwks: { keys: keys.map(({ d: _, ...publicHalf }) => publicHalf) },
  };
};

const newKeySet = async (): Promise<string> => {
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const { kty = '', ...parameters } = jwk;
  const kid = await calculateJwkThumbprint({ kty, ...parameters });
  return `${JSON.stringify({ keys: [{ ...jwk, kid, alg: 'EdDSA', use: 'sig' }] }, null, 2)}\n`;
};

const makeFile = async (file: string): Promise<boolean> => {
  await mkdir(dirname(file), { recursive: true });
  const scratch = `${file}.${randomUUID()}`;
  try {
    await writeFile(scratch, await newKeySet(), { mode: 0o600, flag: 'wx', flush: true });
    // Unlike a rename, a link never takes the place of a key set that another start made meanwhile.
    await link(scratch, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(scratch, { force: true });
  }
};

/**
 * Makes the key set when there is none: one Ed25519 key, in a file that only its owner can read, whole
 * or not at all.
 *
 * @returns whether it was made.
 * @throws ConfigError naming the setting when the file cannot be written.
 */
export const ensureSigningKeys = async (
  file: string,
  setting: KeysSetting = 'TEIA_CHAVES',
): Promise<boolean> => {
  const exists = await access(file).then(
    () => true,
    () => false,
  );
  if (exists) return false;
  return makeFile(file).catch((error: unknown) => {
    throw refused({ file, setting }, `não foi possível criar as chaves (${codeOf(error)})`);
  });
};
