import { generateKeyPairSync } from 'node:crypto';
import { jwtVerify } from 'jose';
import { permissions } from '../../../platform/permissions';
import { agora, literalEnvironment } from '../testing/literal-environment';
import { createAccessTokenIssuer } from './access-token';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const issue = createAccessTokenIssuer({ kid: 'chave-1', privateKey }, literalEnvironment());

it('is a JWT of 15 minutes that says who acts, where, and what they may do', async () => {
  const vinculo = { usuarioId: 'u1', organizacaoId: 'o1', perfil: 'ADMINISTRADOR' } as const;
  const { tokenAcesso, expiraEm } = await issue(vinculo, 's1');
  const { payload, protectedHeader } = await jwtVerify(tokenAcesso, publicKey, { currentDate: agora });
  const issuedAt = Date.parse('2026-11-22T12:00:00Z') / 1000;
  expect(protectedHeader).toEqual({ alg: 'EdDSA', kid: 'chave-1', typ: 'at+jwt' });
  expect(payload).toEqual({
    iss: 'teia',
    aud: 'teia',
    sub: 'u1',
    org: 'o1',
    sid: 's1',
    jti: 'id-1',
    iat: issuedAt,
    exp: issuedAt + 900,
    permissoes: permissions,
    equipes: [],
  });
  expect(expiraEm).toEqual(new Date('2026-11-22T12:15:00Z'));
});
