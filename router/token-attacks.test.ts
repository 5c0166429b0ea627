import { createHmac } from 'node:crypto';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { accessTokens, pessoa } from './testing/access-tokens';
import { fakeLinks } from './testing/fake-supergraph';
import { rawServer } from './testing/subgraph-server';
import { testRouter } from './testing/test-router';

let at: Awaited<ReturnType<typeof accessTokens>>;
let router: Awaited<ReturnType<typeof testRouter>>;
/** Where a token says that its keys are. */
let lure: Awaited<ReturnType<typeof rawServer>>;
let executed = 0;
beforeAll(async () => {
  at = await accessTokens();
  lure = await rawServer((response) => response.end(JSON.stringify({ keys: [at.jwk] })));
  const links = fakeLinks();
  router = await testRouter({
    jwks: at.jwks,
    production: true,
    links: (name) => (request, asking) => {
      executed += 1;
      return links(name)(request, asking);
    },
  });
});
afterAll(async () => {
  await router.close();
  await lure.close();
});

const query = '{ eu { usuarioId } }';
const base64url = (value: object | string) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const parts = async (token: Promise<string>) => (await token).split('.') as [string, string, string];
/** The header as given, under the signature of another. */
const underHeader = async (header: object) => {
  const [, payload, signature] = await parts(at.sign());
  return `${base64url(header)}.${payload}.${signature}`;
};
const hmac = async (secret: string | Buffer, alg = 'HS256') => {
  const input = `${base64url({ ...at.header, alg })}.${base64url(at.claims())}`;
  return `${input}.${createHmac(alg.replace('HS', 'sha'), secret).update(input).digest('base64url')}`;
};
const strangers = async (head: (jwk: object) => object) => {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { extractable: true });
  return at.sign({}, head(await exportJWK(publicKey)), privateKey);
};
const seconds = () => Date.now() / 1000;

const spellingsOfNone = Object.fromEntries(
  ['none', 'None', 'NONE', 'nOnE', 'none ', ''].map((alg) => [
    `alg "${alg}"`,
    async () => `${base64url({ ...at.header, alg })}.${base64url(at.claims())}.`,
  ]),
);
const kids = Object.fromEntries(
  [
    'chave-2',
    '../../../../dev/null',
    '/proc/self/environ',
    'file:///etc/passwd',
    "chave-1' OR '1'='1",
    "x' UNION SELECT 'segredo' --",
    'chave-1\0',
    '__proto__',
    '',
  ].map((kid) => [`kid ${JSON.stringify(kid)}`, () => at.sign({}, { kid })]),
);

const attacks: Record<string, () => Promise<string>> = {
  ...spellingsOfNone,
  'no signature': async () => (await parts(at.sign())).slice(0, 2).join('.'),
  'an empty signature': async () => `${(await parts(at.sign())).slice(0, 2).join('.')}.`,
  'an unsecured JWT': async () => new UnsecuredJWT(at.claims()).encode(),
  'HS256 with the public key as PEM': async () => hmac(await exportSPKI(at.publicKey)),
  'HS256 with the public key as JWK': () => hmac(JSON.stringify(at.jwk)),
  'HS256 with the bytes of the public key': () => hmac(Buffer.from(at.jwk.x!, 'base64url')),
  'HS512 with the public key': async () => hmac(await exportSPKI(at.publicKey), 'HS512'),
  'HS256 with an empty secret': () => hmac(''),
  'another asymmetric algorithm': async () => {
    const { privateKey } = await generateKeyPair('ES256');
    return new SignJWT(at.claims()).setProtectedHeader({ ...at.header, alg: 'ES256' }).sign(privateKey);
  },
  ...kids,
  'a kid that is a list': () => underHeader({ ...at.header, kid: ['chave-1'] }),
  'no kid': () => at.sign({}, { kid: undefined }),
  'a key by jku': () => strangers(() => ({ jku: lure.url, kid: 'isca' })),
  'a key by jku, under a known kid': () => strangers(() => ({ jku: lure.url })),
  'a key by x5u': () => strangers(() => ({ x5u: lure.url })),
  'a key by x5c': () => strangers(() => ({ x5c: ['MIIB'] })),
  'a key of its own': () => strangers((jwk) => ({ jwk })),
  'a key of its own and no kid': () => strangers((jwk) => ({ jwk, kid: undefined })),
  'a stranger’s key': () => strangers(() => ({})),
  expired: () => at.sign({ exp: seconds() - 31 }),
  'not valid yet': () => at.sign({ nbf: seconds() + 32 }),
  'issued in the future': () => at.sign({ iat: seconds() + 32, exp: seconds() + 900 }),
  'older than any of ours, whatever its expiry': () =>
    at.sign({ iat: seconds() - 931, exp: seconds() + 900 }),
  'no expiry': () => at.sign({ exp: undefined }),
  'no issue': () => at.sign({ iat: undefined }),
  'another issuer': () => at.sign({ iss: 'outra' }),
  'an issuer that begins alike': () => at.sign({ iss: 'teia.exemplo.com' }),
  'no issuer': () => at.sign({ iss: undefined }),
  'another audience': () => at.sign({ aud: 'outra' }),
  'the audience of a subgraph': () => at.sign({ aud: 'vendas' }),
  'no audience': () => at.sign({ aud: undefined }),
  'a refresh token': async () => 'q7yZ1m0vS3hT5kXw9cBn2dLr4pJf6gHs8tAeUiOoYzE',
  'a refresh token as a JWT': () => at.sign({}, { typ: 'refresh+jwt' }),
  'an assertion between processes': () => at.sign({}, { typ: 'teia-assertion+jwt' }),
  'no type': () => at.sign({}, { typ: undefined }),
  'an unknown critical header': () => underHeader({ ...at.header, crit: ['novo'], novo: 1 }),
  'a critical header that is not there': () => underHeader({ ...at.header, crit: ['exp'] }),
  'an empty list of critical headers': () => underHeader({ ...at.header, crit: [] }),
  'an unencoded payload': () => underHeader({ ...at.header, b64: false, crit: ['b64'] }),
  'a padded signature': async () => `${await at.sign()}==`,
  'a padded header': async () => (await at.sign()).replace('.', '=.'),
  'the other alphabet of base64': async () => {
    // Until there is one with a character that the two spell differently.
    for (;;) {
      const token = await at.sign({ jti: Math.random() });
      const respelled = token.replaceAll('-', '+').replaceAll('_', '/');
      if (respelled !== token) return respelled;
    }
  },
  'a fourth part': async () => `${await at.sign()}.e30`,
  'a changed claim': async () => {
    const [head, , signature] = await parts(at.sign());
    return `${head}.${base64url({ ...at.claims(), org: pessoa.sub })}.${signature}`;
  },
  'the payload of one and the signature of another': async () => {
    const [[head, payload], [, , signature]] = await Promise.all([
      parts(at.sign()),
      parts(at.sign({ sid: pessoa.sub })),
    ]);
    return `${head}.${payload}.${signature}`;
  },
  'a payload that is no object': async () => {
    const [head, , signature] = await parts(at.sign());
    return `${head}.${base64url('null')}.${signature}`;
  },
  'ids that are no UUIDs': () => at.sign({ org: "1' OR 1=1" }),
  'permissions that are a list': () => at.sign({ permissoes: ['clientes:ler'] }),
  nonsense: async () => 'null',
};

describe('a token', () => {
  test('of ours is taken', async () => {
    for (const token of [
      await at.sign(),
      await at.sign({ exp: seconds() - 20 }),
      await at.sign({ nbf: seconds() + 28 }),
      await at.sign({ aud: ['outra', 'teia'] }),
    ]) {
      const { status, data } = await router.ask(query, {}, { authorization: `Bearer ${token}` });
      expect({ status, data }).toEqual({ status: 200, data: { eu: { usuarioId: pessoa.sub } } });
    }
  });

  test.each(Object.entries(attacks))('with %s is 401, is not executed and says no more', async (_, forge) => {
    const token = await forge();
    const before = executed;
    const { status, headers, text } = await router.ask(query, {}, { authorization: `Bearer ${token}` });
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toBe('Bearer error="invalid_token"');
    expect(JSON.parse(text)).toEqual({
      errors: [
        {
          message: 'Sua sessão não é válida ou expirou. Entre de novo.',
          extensions: { code: 'UNAUTHENTICATED', motivo: 'TOKEN_INVALIDO' },
        },
      ],
    });
    expect(executed).toBe(before);
    expect(lure.received).toEqual([]);
    if (token.length > 20) expect(router.logged.join()).not.toContain(token.slice(0, 20));
  });

  test('with spaces in it is 401', async () => {
    const token = await at.sign();
    for (const authorization of [
      `Bearer ${token.replace('.', ' .')}`,
      `Bearer ${token.replace('.', '. ')}`,
      `Bearer ${token}\t${token}`,
      `Bearer\t${token}`,
    ]) {
      expect((await router.ask(query, {}, { authorization })).status).toBe(401);
    }
  });

  test('anywhere but in its header is no token', async () => {
    const token = await at.sign();
    const nobody = { data: { eu: { usuarioId: null } } };
    const search = new URLSearchParams({ query, access_token: token, authorization: `Bearer ${token}` });
    const preflighted = { 'apollo-require-preflight': '1' };
    const inUrl = await router.get(`/graphql?${search}`, preflighted);
    expect(JSON.parse(inUrl.text)).toEqual(nobody);
    const body = { query, access_token: token, authorization: `Bearer ${token}`, extensions: { token } };
    expect(await router.post(body)).toMatchObject(nobody);
    const cookie = `access_token=${token}; token=${token}; authorization=Bearer ${token}`;
    expect(await router.ask(query, {}, { cookie })).toMatchObject(nobody);
    expect(await router.ask(query, {}, { 'x-authorization': `Bearer ${token}` })).toMatchObject(nobody);
    expect(await router.ask(query, {}, { 'proxy-authorization': `Bearer ${token}` })).toMatchObject(nobody);
    expect(router.logged.join()).not.toContain(token);
  });
});
