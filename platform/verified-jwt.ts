import {
  createLocalJWKSet,
  decodeProtectedHeader,
  errors,
  type JSONWebKeySet,
  type JWTVerifyOptions,
  jwtVerify,
} from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Environment } from './environment';

/** Not signed by one of our keys, no longer valid, or meant for something else. */
export class InvalidTokenError extends Error {}

/**
 * The key set to verify with. Return the same object for as long as the keys stay the same.
 *
 * @param kid the key that is about to be looked up, for a source that may have to fetch it first.
 */
export type JwksSource = (kid?: string) => Promise<JSONWebKeySet>;

type Options<Claims> = {
  readonly jwks: JwksSource;
  readonly agora: Environment['agora'];
  readonly checks: JWTVerifyOptions & {
    readonly algorithms: ['EdDSA'];
    /** These two in seconds. */
    readonly clockTolerance: number;
    readonly maxTokenAge: number;
  };
  /** What the payload must hold beside the registered claims that `checks` is about. */
  readonly claims: z.ZodType<Claims>;
};

const longestToken = 16_384;
// jose skips padding and white space while decoding, which would let one token be written in many ways.
const compactSerialization = /^[\w-]+\.[\w-]+\.[\w-]+$/;

/** The bits that a last character has to spare are zero (RFC 4648, 3.5): otherwise one token could be written in many ways. */
const isCanonical = (token: string): boolean =>
  token.split('.').every((part) => Buffer.from(part, 'base64url').toString('base64url') === part);

/** About 3 kB each: 6 MB when full. */
const rememberedTokens = 2_000;

const life = z.object({ iat: z.number(), exp: z.number() });

const headerOf = (token: string) => {
  try {
    return decodeProtectedHeader(token);
  } catch (cause) {
    throw new InvalidTokenError('no header', { cause });
  }
};

/** createLocalJWKSet would take the only key of a set for a token that names none. */
const kidOf = (token: string): string => {
  const { kid } = headerOf(token);
  if (typeof kid !== 'string') throw new InvalidTokenError('no kid');
  return kid;
};

const asInvalid = (cause: unknown): unknown => {
  const isTheTokens = cause instanceof errors.JOSEError || cause instanceof z.ZodError;
  return isTheTokens ? new InvalidTokenError(cause.name, { cause }) : cause;
};

/**
 * Makes a verifier of signed tokens (JWT): EdDSA only, the key chosen by `kid` from the given key set and from
 * nowhere else. A verification costs 0.4 ms of CPU, more than the router spends on a point read, so what
 * the claims became is remembered, and answered again as the same object, until the token expires or the key
 * set changes.
 *
 * @throws InvalidTokenError whatever is wrong with the token.
 */
export const createJwtVerifier = <Claims extends object>(options: Options<Claims>) => {
  const { jwks, agora, checks, claims } = options;
  type Verified = { readonly claims: Claims; readonly until: Date };
  const keysOf = (set: JSONWebKeySet) => ({
    set,
    find: createLocalJWKSet(set),
    verified: new LRUCache<string, Verified>({ max: rememberedTokens }),
  });
  let keys: ReturnType<typeof keysOf> | undefined;

  const currentKeys = async (kid?: string) => {
    const set = await jwks(kid);
    if (keys?.set !== set) keys = keysOf(set);
    return keys;
  };

  const verify = async (token: string, now: Date): Promise<Claims> => {
    const { find, verified } = await currentKeys(kidOf(token));
    const { payload } = await jwtVerify(token, find, { ...checks, currentDate: now });
    const { iat, exp } = life.parse(payload);
    const value = claims.parse(payload);
    const end = Math.min(exp, iat + checks.maxTokenAge) + checks.clockTolerance;
    verified.set(token, { claims: value, until: new Date(end * 1000) });
    return value;
  };

  return async (token: string): Promise<Claims> => {
    if (token.length > longestToken || !compactSerialization.test(token)) {
      throw new InvalidTokenError('not a compact JWS');
    }
    const { verified } = await currentKeys();
    const now = agora();
    const known = verified.get(token);
    if (known && known.until > now) return known.claims;
    if (!isCanonical(token)) throw new InvalidTokenError('not canonical base64url');
    return verify(token, now).catch((error: unknown) => {
      throw asInvalid(error);
    });
  };
};
