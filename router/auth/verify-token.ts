import { z } from 'zod';
import type { Caller } from '../../platform/caller';
import type { Environment } from '../../platform/environment';
import { createJwtVerifier, type JwksSource } from '../../platform/verified-jwt';

const claims = z
  .object({
    sub: z.uuid(),
    org: z.uuid(),
    sid: z.uuid(),
    permissoes: z.array(z.string()).default([]),
    equipes: z.array(z.uuid()).default([]),
  })
  .transform(
    ({ sub, org, sid, permissoes, equipes }): Caller => ({
      usuarioId: sub,
      organizacaoId: org,
      sessaoId: sid,
      permissoes,
      equipes,
    }),
  );

/**
 * Makes the verifier of access tokens (RFC 9068, JWT profile), with 30 s of clock skew. It answers the same
 * Caller object each time it is given the same token.
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
      requiredClaims: ['sub', 'org', 'sid', 'exp', 'iat'],
    },
    claims,
  });
