import { generateKeyPairSync } from 'node:crypto';
import { decodeJwt, jwtVerify } from 'jose';
import { agora, literalEnvironment } from '../testing/literal-environment';
import { createAccessTokenIssuer } from './access-token';

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const issue = createAccessTokenIssuer(
  { signing: () => ({ kid: 'chave-1', privateKey }) },
  literalEnvironment(),
);

it('is a JWT of 15 minutes that says who acts, where, what they may do and since when', async () => {
  const vinculo = {
    usuarioId: 'u1',
    organizacaoId: 'o1',
    permissoes: { 'clientes:ler': 'EQUIPE' },
    equipes: ['e1'],
  } as const;
  const { tokenAcesso, expiraEm } = await issue(vinculo, 's1', agora);
  const { payload, protectedHeader } = await jwtVerify(tokenAcesso, publicKey, { currentDate: agora });
  expect(protectedHeader).toEqual({ alg: 'EdDSA', kid: 'chave-1', typ: 'at+jwt' });
  expect(payload).toEqual({
    iss: 'teia',
    aud: 'teia',
    sub: 'u1',
    org: 'o1',
    sid: 's1',
    jti: 'id-1',
    iat: Date.parse('2026-11-22T12:00:00Z') / 1000 + 0.5,
    exp: Date.parse('2026-11-22T12:15:00Z') / 1000 + 0.5,
    permissoes: { 'clientes:ler': 'EQUIPE' },
    equipes: ['e1'],
  });
  expect(expiraEm).toEqual(new Date('2026-11-22T12:15:00.500Z'));
});

it('keeps every millisecond of its instant', async () => {
  const vinculo = { usuarioId: 'u1', organizacaoId: 'o1', permissoes: {}, equipes: [] };
  for (let ms = 0; ms < 1000; ms += 37) {
    const emitidoEm = new Date(agora.getTime() + ms);
    const { iat } = decodeJwt((await issue(vinculo, 's1', emitidoEm)).tokenAcesso);
    expect(Math.round(iat! * 1000)).toBe(emitidoEm.getTime());
  }
});
