import http from 'node:http';
import https from 'node:https';
import { exportJWK, exportSPKI, generateKeyPair, type JSONWebKeySet, type JWTPayload, SignJWT } from 'jose';
import { InvalidTokenError } from '../../platform/verified-jwt';
import { createTokenVerifier } from './verify-token';

const now = new Date('2026-11-22T12:00:00Z');
const seconds = now.getTime() / 1000;
const ids = {
  sub: '0193a4de-0000-7000-8000-000000000001',
  org: '0193a4de-0000-7000-8000-000000000002',
  sid: '0193a4de-0000-7000-8000-000000000003',
};
const payload: JWTPayload = {
  ...ids,
  iss: 'teia',
  aud: 'teia',
  iat: seconds,
  exp: seconds + 900,
  permissoes: { 'clientes:escrever': 'EQUIPE' },
  equipes: [ids.org],
};
const header = { alg: 'EdDSA', kid: 'chave-1', typ: 'at+jwt' };
const base64url = (value: object | string) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

const setUp = async () => {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  const jwks: JSONWebKeySet = {
    keys: [{ ...(await exportJWK(publicKey)), kid: 'chave-1', alg: 'EdDSA', use: 'sig' }],
  };
  const source = jest.fn(async () => jwks);
  const verify = createTokenVerifier(source, () => now);
  const sign = (claims: JWTPayload = payload, head: object = header) =>
    new SignJWT(claims).setProtectedHeader({ ...header, ...head }).sign(privateKey);
  return { privateKey, publicKey, jwks, source, verify, sign };
};
type SetUp = Awaited<ReturnType<typeof setUp>>;
let at: SetUp;
beforeAll(async () => {
  at = await setUp();
});

const refused = async (token: string | Promise<string>, { verify } = at) =>
  expect(verify(await token)).rejects.toBeInstanceOf(InvalidTokenError);

test('a good token names the Caller, and tells its age to the millisecond', async () => {
  await expect(at.verify(await at.sign({ ...payload, iat: seconds - 0.877 }))).resolves.toEqual({
    caller: {
      usuarioId: ids.sub,
      organizacaoId: ids.org,
      sessaoId: ids.sid,
      permissoes: { 'clientes:escrever': 'EQUIPE' },
      equipes: [ids.org],
    },
    issuedAt: now.getTime() - 877,
  });
});

test('a token without permissions may do nothing', async () => {
  const { permissoes: _, equipes: __, ...bare } = payload;
  await expect(at.verify(await at.sign(bare))).resolves.toMatchObject({
    caller: { permissoes: {}, equipes: [] },
  });
});

describe('algorithms', () => {
  test.each(['none', 'None', 'NONE', 'nOnE', ''])('alg "%s" is refused, signed or not', async (alg) => {
    const unsigned = `${base64url({ ...header, alg })}.${base64url(payload)}`;
    const signature = (await at.sign()).split('.')[2]!;
    await refused(`${unsigned}.`);
    await refused(unsigned);
    await refused(`${unsigned}.${signature}`);
  });

  test.each(['HS256', 'HS512'])('the public key is no %s secret', async (alg) => {
    const publicJwk = at.jwks.keys[0]!;
    for (const secret of [await exportSPKI(at.publicKey), JSON.stringify(publicJwk)]) {
      await refused(new SignJWT(payload).setProtectedHeader({ ...header, alg }).sign(Buffer.from(secret)));
    }
  });

  test('another asymmetric algorithm is refused', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    await refused(new SignJWT(payload).setProtectedHeader({ ...header, alg: 'ES256' }).sign(privateKey));
  });
});

describe('keys', () => {
  test.each([
    'chave-2',
    '',
    '../../../../dev/null',
    '/proc/self/environ',
    "chave-1' OR '1'='1",
    'chave-1\0',
    '__proto__',
    'constructor',
  ])('kid %p is refused', (kid) => refused(at.sign(payload, { kid })));

  test('a kid that is absent or no text is refused', async () => {
    await refused(at.sign(payload, { kid: undefined }));
    const signature = (await at.sign()).split('.')[2]!;
    await refused(`${base64url({ ...header, kid: ['chave-1'] })}.${base64url(payload)}.${signature}`);
  });

  test('a stranger’s key is refused, also when the token brings it along, and nothing is fetched', async () => {
    const stranger = await generateKeyPair('EdDSA', { extractable: true });
    const jwk = await exportJWK(stranger.publicKey);
    const reached = [
      jest.spyOn(globalThis, 'fetch'),
      jest.spyOn(http, 'request'),
      jest.spyOn(http, 'get'),
      jest.spyOn(https, 'request'),
      jest.spyOn(https, 'get'),
    ];
    const where = 'http://127.0.0.1:9/jwks.json';
    for (const extra of [
      {},
      { jwk },
      { jku: where },
      { x5u: where },
      { x5c: ['MIIB'] },
      { jwk, kid: undefined },
    ]) {
      await refused(
        new SignJWT(payload).setProtectedHeader({ ...header, ...extra }).sign(stranger.privateKey),
      );
    }
    for (const call of reached) expect(call).not.toHaveBeenCalled();
    jest.restoreAllMocks();
  });

  test('an empty key set refuses everything', async () => {
    const nobody = createTokenVerifier(
      async () => ({ keys: [] }),
      () => now,
    );
    await expect(nobody(await at.sign())).rejects.toBeInstanceOf(InvalidTokenError);
  });

  test('a key set that cannot be read is not the token’s fault', async () => {
    const verify = createTokenVerifier(
      async () => {
        throw new Error('no keys');
      },
      () => now,
    );
    await expect(verify(await at.sign())).rejects.toThrow('no keys');
    await expect(verify(await at.sign())).rejects.not.toBeInstanceOf(InvalidTokenError);
  });
});

describe('claims', () => {
  test.each(['sub', 'org', 'sid', 'exp', 'iat', 'iss', 'aud'])('a token without %s is refused', (claim) => {
    const { [claim]: _, ...rest } = payload;
    return refused(at.sign(rest));
  });

  test.each<[string, JWTPayload]>([
    ['another issuer', { iss: 'outra' }],
    ['another audience', { aud: 'outra' }],
    ['no audience at all', { aud: [] }],
    ['an expiry beyond the skew', { exp: seconds - 31 }],
    ['a beginning beyond the skew', { nbf: seconds + 31 }],
    ['an organization that is no UUID', { org: "1' OR 1=1" }],
    ['a person that is no UUID', { sub: '1' }],
    ['a session that is no UUID', { sid: '' }],
    ['permissions that are text', { permissoes: 'clientes:escrever' }],
    ['permissions that do not say how far', { permissoes: ['clientes:escrever'] }],
    ['a reach that nobody knows', { permissoes: { 'clientes:ler': 'MUNDO' } }],
    ['teams that are no UUIDs', { equipes: ['*'] }],
    ['a null organization', { org: null }],
    ['an expiry that is text', { exp: '2099-01-01' as never }],
    ['an issue that is text', { iat: String(seconds) as never }],
    ['an issue beyond the skew', { iat: seconds + 31 }],
    ['an issue so long ago that no token of ours lives', { iat: seconds - 931 }],
  ])('%s is refused', (_, claims) => refused(at.sign({ ...payload, ...claims })));

  test.each<[string, JWTPayload]>([
    ['an expiry within the skew', { exp: seconds - 29 }],
    ['an issue within the skew', { iat: seconds + 29 }],
    ['a permission of a newer version', { permissoes: { 'tudo:fazer': 'TODOS' } }],
    ['a beginning within the skew', { nbf: seconds + 29 }],
    ['our audience among others', { aud: ['outra', 'teia'] }],
  ])('%s passes', async (_, claims) => {
    await expect(at.verify(await at.sign({ ...payload, ...claims }))).resolves.toMatchObject({
      caller: { usuarioId: ids.sub },
    });
  });

  test.each(['JWT', 'refresh+jwt', 'dpop+jwt', '', undefined])('typ %p is refused', (typ) =>
    refused(at.sign(payload, { typ })),
  );

  test('a critical header nobody knows is refused', async () => {
    const signature = (await at.sign()).split('.')[2]!;
    for (const crit of [['novo'], ['b64'], [], 'novo']) {
      await refused(`${base64url({ ...header, novo: 1, crit })}.${base64url(payload)}.${signature}`);
    }
    await refused(
      `${base64url({ ...header, b64: false, crit: ['b64'] })}.${JSON.stringify(payload)}.${signature}`,
    );
  });
});

describe('form', () => {
  test('a token has one spelling only', async () => {
    const [head, body, signature] = (await at.sign()).split('.') as [string, string, string];
    for (const spelled of [
      `${head}.${body}.${signature}==`,
      `${head}.${body}.${signature} `,
      ` ${head}.${body}.${signature}`,
      `${head}.${body}.${signature}\n`,
      `${head}. ${body}.${signature}`,
      `${head}=.${body}.${signature}`,
      `${head}.${body}.${signature}.`,
      `${head}.${body}`,
      `${head}..${signature}`,
      'a.b.c',
      `${base64url('null')}.${body}.${signature}`,
      `${base64url('[]')}.${body}.${signature}`,
      '..',
      '',
      'null',
      'undefined',
    ]) {
      await refused(spelled);
    }
  });

  test('a changed claim or signature is refused', async () => {
    const [head, , signature] = (await at.sign()).split('.') as [string, string, string];
    const tampered = base64url({ ...payload, org: ids.sub });
    await refused(`${head}.${tampered}.${signature}`);
    await refused(`${head}.${base64url(payload)}.${signature.slice(0, -4)}AAAA`);
  });

  test('a signature whose last character has bits to spare set is refused', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const token = await at.sign();
    const last = alphabet.indexOf(token.at(-1)!);
    // 64 bytes leave four bits of the 86th character.
    for (let spare = 1; spare < 16; spare++) await refused(`${token.slice(0, -1)}${alphabet[last + spare]}`);
  });

  test('a huge token is refused unread', async () => {
    const { source, verify } = await setUp();
    await expect(verify(`${'a'.repeat(1_000_000)}.a.a`)).rejects.toBeInstanceOf(InvalidTokenError);
    expect(source).not.toHaveBeenCalled();
  });
});

describe('what is remembered', () => {
  test('ends with the token', async () => {
    const { jwks, sign } = await setUp();
    let clock = now;
    const verify = createTokenVerifier(
      async () => jwks,
      () => clock,
    );
    const token = await sign();
    const first = await verify(token);
    expect(await verify(token)).toBe(first);
    clock = new Date(now.getTime() + 931_000);
    await expect(verify(token)).rejects.toBeInstanceOf(InvalidTokenError);
  });

  test('ends with the key that signed it', async () => {
    const { jwks, sign } = await setUp();
    let current = jwks;
    const verify = createTokenVerifier(
      async () => current,
      () => now,
    );
    const token = await sign();
    await verify(token);
    current = { keys: [] };
    await expect(verify(token)).rejects.toBeInstanceOf(InvalidTokenError);
  });
});
