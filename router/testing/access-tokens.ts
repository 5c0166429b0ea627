import { exportJWK, generateKeyPair, type JSONWebKeySet, type JWTPayload, SignJWT } from 'jose';
import { granting } from '../../platform/testing/callers';

export const pessoa = {
  sub: '0193a4de-0000-7000-8000-000000000001',
  org: '0193a4de-0000-7000-8000-000000000002',
  sid: '0193a4de-0000-7000-8000-000000000003',
};

/** A key of usuarios, and tokens of one person as usuarios would sign them, or otherwise where told. */
export const accessTokens = async (kid = 'chave-1') => {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, alg: 'EdDSA', use: 'sig' };
  const jwks: JSONWebKeySet = { keys: [jwk] };
  const header = { alg: 'EdDSA', kid, typ: 'at+jwt' };
  const claims = (): JWTPayload => {
    const now = Date.now() / 1000;
    return {
      iss: 'teia',
      aud: 'teia',
      iat: now,
      exp: now + 900,
      ...pessoa,
      permissoes: granting(),
      equipes: [],
    };
  };
  const sign = (changed: object = {}, head: object = {}, by = privateKey): Promise<string> =>
    new SignJWT({ ...claims(), ...changed }).setProtectedHeader({ ...header, ...head }).sign(by);
  return { publicKey, jwk, header, claims, sign, jwks: async () => jwks };
};
