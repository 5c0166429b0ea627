import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import { access, link, mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { calculateJwkThumbprint, type JSONWebKeySet } from 'jose';
import {
  byPrecedence,
  codeOf,
  type Ed25519Key,
  type KeysSetting,
  parseKeys,
  readKeyText,
  refusedKeys,
  type StoredKey,
  signsFrom,
} from './key-file';
import type { JwksSource } from './verified-jwt';

export type SigningKey = { readonly kid: string; readonly privateKey: KeyObject };

export type SigningKeys = {
  /** The key that signs at an instant. */
  readonly signing: (now: Date) => SigningKey;
  /** The public half of every key, those that do not sign yet or any more included, for whoever verifies. */
  readonly jwks: JwksSource;
};

/** The private keys, the next to sign first. */
const signersOf = (keys: readonly StoredKey[]) =>
  byPrecedence(
    keys.flatMap(({ jwk, privateKey }) => (privateKey ? [{ jwk, kid: jwk.kid, privateKey }] : [])),
  );

const publicHalf = ({ d: _, nbf: __, ...jwk }: Ed25519Key) => jwk;

/** @param keys at least one of them private. */
export const toSigningKeys = (keys: readonly StoredKey[]): SigningKeys => {
  const signers = signersOf(keys);
  const jwks: JSONWebKeySet = { keys: keys.map(({ jwk }) => publicHalf(jwk)) };
  return {
    signing: (now) => {
      // When none has begun, the others were taken away: the one that begins next is all there is.
      const { kid, privateKey } =
        signers.find(({ jwk }) => signsFrom(jwk) <= now.getTime()) ?? signers.at(-1)!;
      return { kid, privateKey };
    },
    jwks: async () => jwks,
  };
};

/**
 * Reads a JWK Set as it is now. Of its private keys the one signs whose time (`nbf`) came last, or the first when none
 * says a time; all, private or public, verify.
 *
 * @throws ConfigError naming the setting and what is wrong with the file, quoting nothing of it.
 */
export const readSigningKeys = async (
  file: string,
  setting: KeysSetting = 'TEIA_CHAVES',
): Promise<SigningKeys> => {
  const from = { file, setting };
  return toSigningKeys(parseKeys(from, await readKeyText(from)));
};

/** A private Ed25519 key as a JWK, named by its thumbprint (RFC 7638). */
export const newKey = async (): Promise<Ed25519Key> => {
  const jwk = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const { kty = '', ...parameters } = jwk;
  const kid = await calculateJwkThumbprint({ kty, ...parameters });
  return { ...jwk, kid, alg: 'EdDSA', use: 'sig' } as Ed25519Key;
};

export const keySetText = (keys: readonly Ed25519Key[]): string => `${JSON.stringify({ keys }, null, 2)}\n`;

const makeFile = async (file: string): Promise<boolean> => {
  await mkdir(dirname(file), { recursive: true });
  const scratch = `${file}.${randomUUID()}`;
  try {
    await writeFile(scratch, keySetText([await newKey()]), { mode: 0o600, flag: 'wx', flush: true });
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
    throw refusedKeys({ file, setting }, `não foi possível criar as chaves (${codeOf(error)})`);
  });
};
