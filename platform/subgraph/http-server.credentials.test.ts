import { createHmac } from 'node:crypto';
import { connect } from 'node:net';
import { exportSPKI, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { aCaller } from '../testing/callers';
import { bearer, key, serveSubgraph, stranger } from './testing/served-subgraph';

let subgraph: Awaited<ReturnType<typeof serveSubgraph>>;
beforeAll(async () => {
  subgraph = await serveSubgraph();
});
afterAll(() => subgraph.close());
beforeEach(() => subgraph.execute.mockClear());

const operations = {
  query: { query: '{ eco }' },
  mutation: { query: 'mutation { mudar }' },
  _entities: {
    query: 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Cliente { nome } } }',
    variables: { r: [{ __typename: 'Cliente', id: '1' }] },
  },
  _service: { query: '{ _service { sdl } }' },
  introspection: { query: '{ __schema { types { name } } }' },
};

const id = '0193a4de-0000-7000-8000-000000000001';
const seconds = () => Math.floor(Date.now() / 1000);
const claims = (): JWTPayload => ({
  iss: 'teia',
  aud: 'vendas',
  iat: seconds(),
  exp: seconds() + 60,
  sub: id,
  org: id,
  sid: id,
  permissoes: ['vendas:ler'],
  equipes: [],
});
const header = { alg: 'EdDSA', kid: 'a', typ: 'teia-assertion+jwt' };
const signed = (payload: object = {}, head: object = {}, by = key.privateKey) =>
  new SignJWT({ ...claims(), ...payload } as JWTPayload).setProtectedHeader({ ...header, ...head }).sign(by);
const without = (claim: string) => {
  const { [claim]: _, ...rest } = claims();
  return new SignJWT(rest).setProtectedHeader(header).sign(key.privateKey);
};
const base64url = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

const credentials: Record<string, () => Promise<Record<string, string | string[]>>> = {
  nothing: async () => ({}),
  'plain headers that say who': async () => ({
    'x-usuario-id': id,
    'x-organizacao-id': id,
    'x-caller': JSON.stringify(aCaller()),
    'x-forwarded-user': id,
    cookie: `authorization=Bearer ${await signed()}`,
    'proxy-authorization': `Bearer ${await signed()}`,
  }),
  'an empty header': async () => ({ authorization: '' }),
  'Bearer and nothing': async () => ({ authorization: 'Bearer ' }),
  'a password': async () => ({ authorization: `Basic ${Buffer.from('a:b').toString('base64')}` }),
  'two in one header': async () => ({ authorization: `Bearer ${await signed()} ${await signed()}` }),
  ...Object.fromEntries(
    Object.entries<() => Promise<string>>({
      'another audience': () => signed({ aud: 'clientes' }),
      'a list of audiences': () => signed({ aud: ['vendas', 'clientes'] }),
      'the audience of the router': () => signed({ aud: 'teia' }),
      'another issuer': () => signed({ iss: 'outra' }),
      'an expired one': () => signed({ iat: seconds() - 70, exp: seconds() - 10 }),
      'a long life': () => signed({ iat: seconds() - 70, exp: seconds() + 3_600 }),
      'one of the future': () => signed({ iat: seconds() + 10, exp: seconds() + 70 }),
      'another key of the same name': () => signed({}, {}, stranger.privateKey),
      'an unknown key': () => signed({}, { kid: 'b' }),
      'no name of a key': () => signed({}, { kid: undefined }),
      'a key of its own': () => signed({}, { jwk: stranger.jwk, kid: 'b' }, stranger.privateKey),
      'an access token of usuarios': () => signed({ aud: 'teia', jti: id }, { typ: 'at+jwt' }),
      'an access token for vendas': () => signed({ jti: id }, { typ: 'at+jwt' }),
      'no type': () => signed({}, { typ: undefined }),
      'a critical header nobody knows': async () => {
        const [, payload, signature] = (await signed()).split('.');
        return `${base64url({ ...header, crit: ['x'], x: 1 })}.${payload}.${signature}`;
      },
      'alg none': async () => new UnsecuredJWT(claims()).encode(),
      'alg none with the header of ours': async () =>
        `${base64url({ ...header, alg: 'none' })}.${base64url(claims())}.AAAA`,
      'HS256 with the public key': async () =>
        new SignJWT(claims())
          .setProtectedHeader({ ...header, alg: 'HS256' })
          .sign(Buffer.from(await exportSPKI(key.publicKey))),
      'HMAC written by hand': async () => {
        const input = `${base64url({ ...header, alg: 'HS256' })}.${base64url(claims())}`;
        return `${input}.${createHmac('sha256', String(key.jwk.x)).update(input).digest('base64url')}`;
      },
      'anonymous and somebody': () => signed({ anonimo: true }),
      'anonymous that is not sure': async () =>
        new SignJWT({ iss: 'teia', aud: 'vendas', iat: seconds(), exp: seconds() + 60, anonimo: false })
          .setProtectedHeader(header)
          .sign(key.privateKey),
      'neither anonymous nor somebody': async () =>
        new SignJWT({ iss: 'teia', aud: 'vendas', iat: seconds(), exp: seconds() + 60 })
          .setProtectedHeader(header)
          .sign(key.privateKey),
      'a person that is none': () => signed({ sub: "1' OR 1=1" }),
      'a null organization': () => signed({ org: null }),
      'permissions that are no list': () => signed({ permissoes: 'vendas:ler' }),
      'a changed claim': async () => {
        const [head, , signature] = (await signed()).split('.');
        return `${head}.${base64url({ ...claims(), org: '0193a4de-0000-7000-8000-000000000002' })}.${signature}`;
      },
      ...Object.fromEntries(
        ['iss', 'aud', 'iat', 'exp', 'sub', 'org', 'sid', 'permissoes', 'equipes'].map((claim) => [
          `no ${claim}`,
          () => without(claim),
        ]),
      ),
      padding: async () => `${await signed()}=`,
      'half of one': async () => (await signed()).slice(0, -40),
      text: async () => 'null',
      'a huge one': async () => `${'a'.repeat(20_000)}.a.a`,
    }).map(([name, make]) => [name, async () => ({ authorization: `Bearer ${await make()}` })]),
  ),
};

const matrix = Object.keys(credentials).flatMap((credential) =>
  (Object.keys(operations) as (keyof typeof operations)[]).map(
    (operation) => [credential, operation] as const,
  ),
);

describe('who may ask', () => {
  it.each(matrix)('with %s: %s is 401 and not executed', async (credential, operation) => {
    const answer = await subgraph.post(operations[operation], await credentials[credential]!());
    expect(answer).toMatchObject({
      status: 401,
      headers: { 'content-type': 'application/problem+json; charset=utf-8', 'www-authenticate': 'Bearer' },
    });
    expect(answer.json).toEqual({
      type: 'about:blank',
      title: expect.any(String),
      detail: expect.any(String),
      status: 401,
      requestId: answer.headers['x-request-id'],
    });
    expect(subgraph.execute).not.toHaveBeenCalled();
  });

  it.each(Object.keys(operations) as (keyof typeof operations)[])(
    'with a valid assertion: %s is executed',
    async (operation) => {
      for (const caller of [aCaller(), null]) {
        const answer = await subgraph.post(operations[operation], await bearer(caller));
        expect(answer).toMatchObject({
          status: 200,
          headers: { 'content-type': 'application/graphql-response+json; charset=utf-8' },
        });
        expect(answer.json.errors).toBeUndefined();
      }
    },
  );

  it('what is refused is not read: neither a body that is no JSON nor one that is too large', async () => {
    expect((await subgraph.post('{"query":')).status).toBe(401);
    const head = `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;
    const { port } = new URL(subgraph.origin);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(port), '127.0.0.1', () =>
        socket.write(`${head}Content-Length: ${10 ** 12}\r\n\r\n{`),
      );
      socket.once('data', (chunk) => resolve(String(chunk))).on('error', reject);
      socket.once('data', () => socket.destroy());
    });
    expect(answer).toMatch(/^HTTP\/1.1 401 /);
  });

  it('no credential reaches the log', async () => {
    const { authorization } = await bearer();
    await subgraph.post(operations.query, { authorization });
    await subgraph.post(operations.query, { authorization: `${authorization}x` });
    expect(subgraph.logged.join()).not.toContain(authorization.slice(7, 60));
    expect(subgraph.logged.join()).toContain('"status":401');
  });
});
