import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { ConfigError } from './config';

/** The setting that names a key file, for whoever has to correct it. */
export type KeysSetting = 'TEIA_CHAVES' | 'TEIA_CHAVES_INTERNAS';
export type KeysFile = { readonly file: string; readonly setting: KeysSetting };

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
  /** From when on it signs, in seconds since the epoch, as in OpenID Federation; always, when absent. */
  nbf: z.number({ error: 'o início (nbf) deve ser um número de segundos' }).nonnegative().optional(),
});
export type Ed25519Key = z.output<typeof ed25519Key>;

const keySet = z.object({
  keys: z.array(ed25519Key, { error: 'deve ser um JWK Set (RFC 7517)' }).min(1, {
    error: 'não tem nenhuma chave privada Ed25519',
  }),
});

/** A refusal that names the setting and the file, and quotes nothing of it. */
export const refusedKeys = ({ file, setting }: KeysFile, reason: string) =>
  new ConfigError(`${setting}: ${reason} (arquivo ${file}).`);

export const codeOf = (error: unknown): string =>
  (error as NodeJS.ErrnoException).code ?? 'erro desconhecido';

const explain = ({ path: [, index], message }: z.core.$ZodIssue): string =>
  typeof index === 'number' ? `chave ${index + 1}: ${message}` : message;

const privateHalfOf = ({ kty, crv, x, d }: Ed25519Key): KeyObject | null =>
  d === undefined ? null : createPrivateKey({ key: { kty, crv, x, d }, format: 'jwk' });

/** OpenSSL takes `x` on trust: with another key's, every token that we sign would be refused. */
const hasItsPublicHalf = (privateHalf: KeyObject, { x }: Ed25519Key): boolean =>
  createPublicKey(privateHalf).export({ format: 'jwk' }).x === x;

/** A key of the file; one without a private half only verifies. */
export type StoredKey = { readonly jwk: Ed25519Key; readonly privateKey: KeyObject | null };

const parseJson = (from: KeysFile, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    // The parser's message would quote the key.
    throw refusedKeys(from, 'o conteúdo não é JSON');
  }
};

/**
 * Reads the text of a JWK Set (RFC 7517) that signs: Ed25519 keys only (RFC 8037), each with its own `kid`, at least
 * one of them private.
 *
 * @throws ConfigError naming the setting and what is wrong with the file, quoting nothing of it.
 */
export const parseKeys = (from: KeysFile, text: string): readonly StoredKey[] => {
  const parsed = keySet.safeParse(parseJson(from, text), { error: () => 'deve ser um JWK Set (RFC 7517)' });
  if (!parsed.success) throw refusedKeys(from, parsed.error.issues.map(explain).join('; '));
  const keys = parsed.data.keys.map((jwk) => ({ jwk, privateKey: privateHalfOf(jwk) }));
  if (new Set(keys.map(({ jwk }) => jwk.kid)).size < keys.length) {
    throw refusedKeys(from, 'há duas chaves com o mesmo identificador (kid)');
  }
  for (const [index, { jwk, privateKey }] of keys.entries()) {
    if (!privateKey || hasItsPublicHalf(privateKey, jwk)) continue;
    throw refusedKeys(from, `chave ${index + 1}: a parte pública (x) não é a da parte privada (d)`);
  }
  if (keys.every(({ privateKey }) => privateKey === null)) {
    throw refusedKeys(from, 'não tem nenhuma chave privada Ed25519 (falta d)');
  }
  return keys;
};

/** @throws ConfigError naming the setting when the file is not there or cannot be read. */
export const readKeyText = (from: KeysFile): Promise<string> =>
  readFile(from.file, 'utf8').catch((error: unknown) => {
    const isMissing = codeOf(error) === 'ENOENT';
    throw refusedKeys(from, isMissing ? 'o arquivo não existe' : `não foi possível ler (${codeOf(error)})`);
  });

/** From when on a key signs, in milliseconds since the epoch. */
export const signsFrom = ({ nbf = 0 }: Ed25519Key): number => nbf * 1000;

/** Keys by who signs first: the one that began last; of those that always did, the first of the file. */
export const byPrecedence = <Key extends { readonly jwk: Ed25519Key }>(keys: readonly Key[]): Key[] =>
  [...keys].sort((one, other) => signsFrom(other.jwk) - signsFrom(one.jwk));
