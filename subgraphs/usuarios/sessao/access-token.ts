import { SignJWT } from 'jose';
import type { Environment } from '../../../platform/environment';
import type { SigningKeys } from '../../../platform/signing-keys';
import type { Vinculo } from './vinculo';

const lifetimeMs = 15 * 60 * 1000;

/**
 * Makes the issuer of access tokens: a JWT (RFC 9068) of 15 minutes, signed by EdDSA, that says who acts
 * (`sub`), in which organization (`org`) and session (`sid`), what they may do and how far (`permissoes`), and in
 * which equipes they are. Its `iat` is the instant at which that was so, in seconds with milliseconds as a fraction,
 * by which a revocation tells older tokens from younger ones.
 *
 * @param emitidoEm read while the Vinculo was held (`vinculos.travar`).
 */
export const createAccessTokenIssuer =
  ({ signing }: Pick<SigningKeys, 'signing'>, { novoId }: Pick<Environment, 'novoId'>) =>
  async ({ usuarioId, organizacaoId, permissoes, equipes }: Vinculo, sessaoId: string, emitidoEm: Date) => {
    const { kid, privateKey } = signing(emitidoEm);
    const expiraEm = new Date(emitidoEm.getTime() + lifetimeMs);
    const tokenAcesso = await new SignJWT({ org: organizacaoId, sid: sessaoId, permissoes, equipes })
      .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'at+jwt' })
      .setIssuer('teia')
      .setAudience('teia')
      .setSubject(usuarioId)
      .setJti(novoId())
      .setIssuedAt(emitidoEm.getTime() / 1000)
      .setExpirationTime(expiraEm.getTime() / 1000)
      .sign(privateKey);
    return { tokenAcesso, expiraEm };
  };

export type IssueAccessToken = ReturnType<typeof createAccessTokenIssuer>;
