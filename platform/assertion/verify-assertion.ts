import { z } from 'zod';
import type { Caller } from '../caller';
import type { Environment } from '../environment';
import { grants } from '../grants';
import { createJwtVerifier, type JwksSource } from '../verified-jwt';
import { assertionForm, assertionLifetime } from './form';

/** Who is asking, and which subgraph. */
export type Asserted = { readonly caller: Caller | null; readonly audience: string };

const registered = { iss: z.string(), aud: z.string(), iat: z.number(), exp: z.number() };

const anonymous = z
  .strictObject({ ...registered, anonimo: z.literal(true) })
  .transform(({ aud }): Asserted => ({ caller: null, audience: aud }));

const somebody = z
  .strictObject({
    ...registered,
    sub: z.uuid(),
    org: z.uuid(),
    sid: z.uuid(),
    permissoes: grants,
    equipes: z.array(z.uuid()),
  })
  .transform(
    ({ aud, sub, org, sid, permissoes, equipes }): Asserted => ({
      caller: { usuarioId: sub, organizacaoId: org, sessaoId: sid, permissoes, equipes },
      audience: aud,
    }),
  );

type Options = {
  readonly jwks: JwksSource;
  /** The subgraphs that this process serves. */
  readonly audiences: readonly string[];
  readonly agora: Environment['agora'];
};

/**
 * Makes the verifier of assertions, with 5 s of clock skew between processes. It answers the same Caller object
 * each time it is given the same assertion.
 *
 * @throws InvalidTokenError whatever is wrong with the assertion.
 */
export const createAssertionVerifier = ({ jwks, audiences, agora }: Options) =>
  createJwtVerifier({
    jwks,
    agora,
    checks: {
      issuer: assertionForm.issuer,
      audience: [...audiences],
      algorithms: [assertionForm.alg],
      typ: assertionForm.typ,
      maxTokenAge: assertionLifetime,
      clockTolerance: 5,
      requiredClaims: ['exp', 'iat'],
    },
    claims: z.union([anonymous, somebody]),
  });

export type VerifyAssertion = ReturnType<typeof createAssertionVerifier>;
