import { SignJWT } from 'jose';
import type { Environment } from '../../../platform/environment';
import type { SigningKeys } from '../../../platform/signing-keys';
import { permissoesDoPerfil } from '../membro/permissoes-do-perfil';
import type { Vinculo } from './vinculo';

const lifetimeSeconds = 15 * 60;

/**
 * Makes the issuer of access tokens: a JWT (RFC 9068) of 15 minutes, signed by EdDSA, that says who acts
 * (`sub`), in which organization (`org`) and session (`sid`), and what the perfil allowed at that moment.
 */
export const createAccessTokenIssuer =
  ({ kid, privateKey }: Pick<SigningKeys, 'kid' | 'privateKey'>, { agora, novoId }: Environment) =>
  async ({ usuarioId, organizacaoId, perfil }: Vinculo, sessaoId: string) => {
    const issuedAt = Math.floor(agora().getTime() / 1000);
    const expires = issuedAt + lifetimeSeconds;
    const tokenAcesso = await new SignJWT({
      org: organizacaoId,
      sid: sessaoId,
      permissoes: permissoesDoPerfil[perfil],
      equipes: [],
    })
      .setProtectedHeader({ alg: 'EdDSA', kid, typ: 'at+jwt' })
      .setIssuer('teia')
      .setAudience('teia')
      .setSubject(usuarioId)
      .setJti(novoId())
      .setIssuedAt(issuedAt)
      .setExpirationTime(expires)
      .sign(privateKey);
    return { tokenAcesso, expiraEm: new Date(expires * 1000) };
  };
