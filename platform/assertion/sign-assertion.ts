import { SignJWT } from 'jose';
import type { Caller } from '../caller';
import type { Environment } from '../environment';
import type { SigningKeys } from '../signing-keys';
import { assertionForm, assertionLifetime } from './form';

/** Says to one subgraph who is asking. */
export type SignAssertion = (caller: Caller | null, audience: string) => Promise<string>;

type Signed = { readonly assertion: Promise<string>; readonly issuedAt: number };

const claimsOf = (caller: Caller | null) =>
  caller
    ? {
        org: caller.organizacaoId,
        sid: caller.sessaoId,
        permissoes: caller.permissoes,
        equipes: caller.equipes,
      }
    : { anonimo: true };

/**
 * Makes the signer of assertions: for each Caller object and audience one is signed, kept for as long as the
 * object lives, and made anew when half of its life is over. So a request costs no signature as long as whoever
 * verifies tokens answers the same object for the same token.
 */
export const createAssertionSigner = (
  { signing }: Pick<SigningKeys, 'signing'>,
  { agora }: Pick<Environment, 'agora'>,
): SignAssertion => {
  const anonymous = {};
  const signed = new WeakMap<object, Map<string, Signed>>();

  const sign = (caller: Caller | null, audience: string, issuedAt: number) => {
    const { kid, privateKey } = signing(new Date(issuedAt * 1000));
    const jwt = new SignJWT(claimsOf(caller))
      .setProtectedHeader({ alg: assertionForm.alg, kid, typ: assertionForm.typ })
      .setIssuer(assertionForm.issuer)
      .setAudience(audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + assertionLifetime);
    return (caller ? jwt.setSubject(caller.usuarioId) : jwt).sign(privateKey);
  };

  const keptFor = (caller: Caller | null): Map<string, Signed> => {
    const key = caller ?? anonymous;
    const kept = signed.get(key) ?? new Map<string, Signed>();
    signed.set(key, kept);
    return kept;
  };

  return (caller, audience) => {
    const now = Math.floor(agora().getTime() / 1000);
    const kept = keptFor(caller);
    const known = kept.get(audience);
    // A clock that was set back makes an assertion of the future, which nobody takes.
    const isFresh = known && known.issuedAt <= now && now < known.issuedAt + assertionLifetime / 2;
    if (isFresh) return known.assertion;
    const assertion = sign(caller, audience, now);
    kept.set(audience, { assertion, issuedAt: now });
    return assertion;
  };
};
