import { createLocalJWKSet, errors, type JSONWebKeySet, type JWTVerifyOptions, jwtVerify } from 'jose';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import type { Caller } from '../../platform/caller';
import type { Environment } from '../../platform/environment';

/** The token was not issued by us, is no longer valid, or is not an access token. */
export class InvalidTokenError extends Error {}

/** The key set to verify with. Return the same object for as long as the keys stay the same. */
export type JwksSource = () => Promise<JSONWebKeySet>;

const claims = z.object({
  sub: z.uuid(),
  org: z.uuid(),
  sid: z.uuid(),
  exp: z.number(),
  permissoes: z.array(z.string()).default([]),
  equipes: z.array(z.uuid()).default([]),
});

const longestToken = 16_384;
// jose skips padding and white space while decoding, which would let one token be written in many ways.
const compactSerialization = /^[\w-]+\.[\w-]+\.[\w-]+$/;

const checks = {
  issuer: 'teia',
  audience: 'teia',
  algorithms: ['EdDSA'],
  typ: 'at+jwt',
  clockTolerance: 30,
  requiredClaims: ['sub', 'org', 'sid', 'exp', 'iat'],
} satisfies JWTVerifyOptions;

type Verified = { readonly caller: Caller; readonly until: Date };

/** About 3 kB each: 6 MB when full. */
const rememberedTokens = 2_000;

const keysOf = (jwks: JSONWebKeySet) => ({
  jwks,
  find: createLocalJWKSet(jwks),
  verified: new LRUCache<string, Verified>({ max: rememberedTokens }),
});

/**
 * Makes the verifier of access tokens (RFC 9068, JWT profile): EdDSA only, the key chosen by `kid` from the
 * given key set and from nowhere else, 30 s of clock skew. A verification costs 0.4 ms of CPU, more than the
 * router spends on a point read, so the answer is remembered until the token expires or the key set changes.
 *
 * @throws InvalidTokenError whatever is wrong with the token.
 */
export const createTokenVerifier = (jwks: JwksSource, agora: Environment['agora']) => {
  let keys: ReturnType<typeof keysOf> | undefined;

  return async (token: string): Promise<Caller> => {
    if (token.length > longestToken || !compactSerialization.test(token)) {
      throw new InvalidTokenError('not a compact JWS');
    }
    const currentJwks = await jwks();
    if (keys?.jwks !== currentJwks) keys = keysOf(currentJwks);
    const { find, verified } = keys;

    const now = agora();
    const known = verified.get(token);
    if (known && known.until > now) return known.caller;

    const { payload } = await jwtVerify(
      token,
      (header, jws) => {
        // createLocalJWKSet would take the only key of a set for a token that names none.
        if (typeof header.kid !== 'string') throw new errors.JWKSNoMatchingKey();
        return find(header, jws);
      },
      { ...checks, currentDate: now },
    ).catch((cause: unknown) => {
      throw cause instanceof errors.JOSEError ? new InvalidTokenError(cause.message, { cause }) : cause;
    });

    const parsed = claims.safeParse(payload);
    if (!parsed.success) throw new InvalidTokenError('malformed claims', { cause: parsed.error });
    const { sub, org, sid, exp, permissoes, equipes } = parsed.data;
    const caller = { usuarioId: sub, organizacaoId: org, sessaoId: sid, permissoes, equipes };
    verified.set(token, { caller, until: new Date((exp + checks.clockTolerance) * 1000) });
    return caller;
  };
};
