import { z } from 'zod';
import type { Caller } from '../../platform/caller';
import type { Environment } from '../../platform/environment';
import { grants } from '../../platform/grants';
import { createJwtVerifier, type JwksSource } from '../../platform/verified-jwt';

/** Longer than usuarios gives any: what is revoked is remembered for little more. */
const longestLife = 15 * 60;

/** What a token says, and when it was issued, in milliseconds since the epoch. */
export type VerifiedToken = { readonly caller: Caller; readonly issuedAt: number };

const claims = z
  .object({
    sub: z.uuid(),
    org: z.uuid(),
    sid: z.uuid(),
    iat: z.number(),
    permissoes: grants.default({}),
    equipes: z.array(z.uuid()).default([]),
  })
  .transform(
    ({ sub, org, sid, iat, permissoes, equipes }): VerifiedToken => ({
      caller: { usuarioId: sub, organizacaoId: org, sessaoId: sid, permissoes, equipes },
      issuedAt: Math.round(iat * 1000),
    }),
  );

/**
 * Makes the verifier of access tokens (RFC 9068, JWT profile), with 30 s of clock skew. It answers the same
 * objects each time it is given the same token.
 *
 * @throws InvalidTokenError whatever is wrong with the token.
 */
export const createTokenVerifier = (jwks: JwksSource, agora: Environment['agora']) =>
  createJwtVerifier({
    jwks,
    agora,
    checks: {
      issuer: 'teia',
      audience: 'teia',
      algorithms: ['EdDSA'],
      typ: 'at+jwt',
      clockTolerance: 30,
      maxTokenAge: longestLife,
      requiredClaims: ['sub', 'org', 'sid', 'exp', 'iat'],
    },
    claims,
  });
