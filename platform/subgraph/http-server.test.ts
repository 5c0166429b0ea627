import { createHmac, generateKeyPairSync } from 'node:crypto';
import { connect } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import * as fc from 'fast-check';
import { parse } from 'graphql';
import { exportSPKI, type JSONWebKeySet, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { pino } from 'pino';
import { Pool, request } from 'undici';
import { createAssertionSigner } from '../assertion/sign-assertion';
import { createAssertionVerifier } from '../assertion/verify-assertion';
import type { Asking, RequestInfo } from '../caller';
import { realEnvironment as environment } from '../environment';
import { assertedHeaders } from '../subgraph-links/hop-headers';
import { createHttpLinks } from '../subgraph-links/http';
import { aCaller, aRequestInfo, askingAs } from '../testing/callers';
import { createExecutor } from './execute';
import { createSubgraphServer } from './http-server';

const later = () => {
  let resolve: (value: string) => void = () => {};
  const promise = new Promise<string>((done) => {
    resolve = done;
  });
  return { promise, resolve };
};
let slow = later();

const schema = buildSubgraphSchema({
  typeDefs: parse(`
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    type Query { eco: String lento: String grande(bytes: Int!): String texto(t: String!): String }
    type Mutation { mudar: Boolean }
    type Cliente @key(fields: "id") { id: ID! nome: String }`),
  resolvers: {
    Query: {
      eco: (_: unknown, __: unknown, asking: unknown) => JSON.stringify(asking),
      lento: () => slow.promise,
      grande: (_: unknown, { bytes }: { bytes: number }) => 'x'.repeat(bytes),
      texto: (_: unknown, { t }: { t: string }) => t,
    },
    Mutation: { mudar: () => true },
    Cliente: { __resolveReference: ({ id }: { id: string }) => ({ id, nome: 'Ana' }) },
  },
});

const aKey = (kid: string) => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  const jwk = { ...publicKey.export({ format: 'jwk' }), kid, alg: 'EdDSA', use: 'sig' };
  return { kid, privateKey, publicKey, jwk };
};
const key = aKey('a');
const stranger = aKey('a');
const jwks = { keys: [key.jwk] } as JSONWebKeySet;
const sign = createAssertionSigner(key, environment);

const execute = jest.fn(createExecutor({ name: 'vendas', schema, createContext: (asking) => asking }));
const logged: string[] = [];
const serve = async (checkReady?: () => Promise<void>) => {
  const app = createSubgraphServer({
    subgraphs: [
      {
        name: 'vendas',
        execute,
        wellKnown: { 'publico.json': async () => ({ aberto: true }) },
        stop: async () => {},
      },
    ],
    verifyAssertion: createAssertionVerifier({ jwks, audiences: ['vendas'], agora: environment.agora }),
    environment,
    production: true,
    log: pino({ level: 'debug' }, { write: (line) => logged.push(line) }),
    checkReady,
  });
  return { app, origin: await app.listen({ port: 0, host: '127.0.0.1' }) };
};

let origin: string;
let close: () => Promise<void>;
beforeAll(async () => {
  const served = await serve();
  origin = served.origin;
  close = () => served.app.close();
});
afterAll(() => close());
beforeEach(() => execute.mockClear());

const post = async (body: unknown, headers: Record<string, string | string[]> = {}) => {
  const response = await request(`${origin}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await response.body.text();
  return { status: response.statusCode, headers: response.headers, text, json: JSON.parse(text) };
};
const bearer = async (caller = aCaller() as ReturnType<typeof aCaller> | null, audience = 'vendas') => ({
  authorization: `Bearer ${await sign(caller, audience)}`,
});

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
    const answer = await post(operations[operation], await credentials[credential]!());
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
    expect(execute).not.toHaveBeenCalled();
  });

  it.each(Object.keys(operations) as (keyof typeof operations)[])(
    'with a valid assertion: %s is executed',
    async (operation) => {
      for (const caller of [aCaller(), null]) {
        const answer = await post(operations[operation], await bearer(caller));
        expect(answer).toMatchObject({
          status: 200,
          headers: { 'content-type': 'application/graphql-response+json; charset=utf-8' },
        });
        expect(answer.json.errors).toBeUndefined();
      }
    },
  );

  it('what is refused is not read: neither a body that is no JSON nor one that is too large', async () => {
    expect((await post('{"query":')).status).toBe(401);
    const head = `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n`;
    const { port } = new URL(origin);
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
    await post(operations.query, { authorization });
    await post(operations.query, { authorization: `${authorization}x` });
    expect(logged.join()).not.toContain(authorization.slice(7, 60));
    expect(logged.join()).toContain('"status":401');
  });
});

describe('what travels with a request', () => {
  const withLink = async (use: (ask: (asking: Asking) => Promise<Asking>) => Promise<void>) => {
    const { links, close } = createHttpLinks(new Map([['vendas', `${origin}/graphql`]]), {
      environment,
      hopHeaders: assertedHeaders(sign),
    });
    try {
      await use(async (asking) => {
        const { data } = await links('vendas')({ query: '{ eco }' }, asking);
        return JSON.parse(String(data?.eco));
      });
    } finally {
      await close();
    }
  };

  const wellFormed = fc.string({ unit: 'grapheme', maxLength: 80 });
  const odd = fc.constantFrom(
    '',
    ' ',
    '  ',
    '\t',
    '%',
    '%41',
    '100%',
    'Zoë/1.0 🐟',
    ' a ',
    'a\r\nx-caller: 1',
    '\0',
    'é',
    '"',
    ',',
  );
  const anyText = fc.oneof(odd, wellFormed, fc.string({ unit: 'binary', maxLength: 80 }));
  const infos: fc.Arbitrary<RequestInfo> = fc.record({
    requestId: anyText,
    correlationId: anyText,
    traceparent: fc.option(anyText),
    ip: fc.option(anyText),
    userAgent: fc.option(anyText),
    chaveIdempotencia: fc.option(anyText),
    // Some of the past, while waiting is not at stake.
    prazo: fc.option(fc.integer({ min: Date.now() + 600_000, max: Number.MAX_SAFE_INTEGER })),
  });

  it('arrives as it was sent, whatever is in it', () =>
    withLink((ask) =>
      fc.assert(
        fc.asyncProperty(infos, async (info) => {
          const caller = aCaller();
          expect(await ask({ caller, info })).toEqual({ caller, info });
        }),
        { numRuns: 150 },
      ),
    ));

  it('is plain to read where nothing has to be encoded', async () => {
    const info = aRequestInfo({
      requestId: 'pedido-0001',
      correlationId: 'origem-0001',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      ip: '::1',
      userAgent: 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0)',
      chaveIdempotencia: '"chave"',
      prazo: 1_795_000_000_000,
    });
    const { authorization, ...headers } = await assertedHeaders(sign)('vendas', { caller: null, info });
    expect(authorization).toMatch(/^Bearer /);
    expect(headers).toEqual({
      'x-request-id': 'pedido-0001',
      'x-correlation-id': 'origem-0001',
      traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
      'x-forwarded-for': '::1',
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0)',
      'idempotency-key': '"chave"',
      'x-deadline': '1795000000000',
    });
  });

  it('is no answer to a process with other keys', async () => {
    const { links, close } = createHttpLinks(new Map([['vendas', `${origin}/graphql`]]), {
      environment,
      hopHeaders: assertedHeaders(createAssertionSigner(stranger, environment)),
    });
    await expect(links('vendas')({ query: '{ eco }' }, askingAs(aCaller()))).rejects.toThrow('401');
    await close();
  });

  it('fits even with as many teams as an access token can hold', async () => {
    const caller = aCaller({ equipes: Array.from({ length: 230 }, () => id) });
    expect((await sign(caller, 'vendas')).length).toBeGreaterThan(12_000);
    await withLink(async (ask) => {
      const asking = askingAs(caller);
      expect(await ask(asking)).toEqual(asking);
    });
  });

  it('is null where there is no header, and is not guessed from a bad one', async () => {
    const headers = await bearer(null);
    const { json, headers: answered } = await post({ query: '{ eco }' }, headers);
    const requestId = answered['x-request-id'];
    expect(JSON.parse(json.data.eco).info).toEqual({
      requestId,
      correlationId: requestId,
      traceparent: null,
      ip: null,
      userAgent: null,
      chaveIdempotencia: null,
      prazo: null,
    });
    const bad = await post(
      { query: '{ eco }' },
      { ...headers, 'x-deadline': 'amanhã'.normalize('NFD').slice(0, 4) },
    );
    expect(JSON.parse(bad.json.data.eco).info.prazo).toBeNull();
    expect((await post({ query: '{ eco }' }, { ...headers, 'user-agent': '100%' })).status).toBe(400);
  });

  it('gives the resolvers the same Caller object while the assertion is the same', async () => {
    const headers = await bearer();
    await post({ query: '{ eco }' }, headers);
    await post({ query: '{ eco }' }, headers);
    const [one, two] = execute.mock.calls.map(([, { caller }]) => caller);
    expect(one).toBe(two);
  });
});

describe('what may be asked', () => {
  it.each<[string, unknown]>([
    ['no JSON', '{"query":'],
    ['nothing', ''],
    ['a list', [{ query: '{ eco }' }]],
    ['a text', '"{ eco }"'],
    ['null', 'null'],
    ['no query', {}],
    ['a query that is no text', { query: 1 }],
    ['variables that are no object', { query: '{ eco }', variables: 'x' }],
    ['variables that are a list', { query: '{ eco }', variables: [1] }],
    ['an operation name that is no text', { query: '{ eco }', operationName: 1 }],
    ['a polluted prototype', '{"query":"{ eco }","__proto__":{"a":1}}'],
  ])('%s is a 400', async (_, body) => {
    const answer = await post(body, await bearer());
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(execute).not.toHaveBeenCalled();
  });

  it('a document that is refused is a GraphQL answer with 400', async () => {
    for (const query of ['{ nada }', '{', '']) {
      const answer = await post({ query }, await bearer());
      expect(answer.status).toBe(400);
      expect(answer.headers['content-type']).toBe('application/graphql-response+json; charset=utf-8');
      expect(answer.json.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    }
  });

  it('null variables and operation names count as absent', async () => {
    const body = { query: '{ eco }', variables: null, operationName: null };
    expect((await post(body, await bearer())).status).toBe(200);
  });

  it('a body may be as large as an answer of another subgraph, and not larger', async () => {
    const headers = await bearer();
    const query = 'query ($t: String!) { texto(t: $t) }';
    const t = 'x'.repeat(15 * 1024 * 1024);
    const large = await post({ query, variables: { t } }, headers);
    expect(large.json.data.texto).toHaveLength(t.length);
    const { status, text } = await post({ query, variables: { t: `${t}${t.slice(0, 2 ** 20)}` } }, headers);
    expect(status).toBe(413);
    expect(text).toContain('16 MB');
  });

  it.each([
    ['GET', '/graphql'],
    ['GET', '/graphql?query=%7Beco%7D'],
    ['PUT', '/graphql'],
    ['POST', '/'],
    ['POST', '/graphql/vendas'],
    ['GET', '/.well-known/nada'],
  ])('there is nothing at %s %s', async (method, path) => {
    const response = await request(origin + path, { method: method as 'GET', headers: await bearer() });
    expect(response.statusCode).toBe(404);
    await response.body.dump();
    expect(execute).not.toHaveBeenCalled();
  });
});

describe('what is for anybody', () => {
  const get = async (path: string, from = origin) => {
    const { statusCode, body } = await request(from + path);
    return { status: statusCode, json: (await body.json()) as object };
  };

  it('is what the subgraph publishes', async () => {
    expect(await get('/.well-known/publico.json')).toEqual({ status: 200, json: { aberto: true } });
  });

  it('is whether it lives and whether it is ready', async () => {
    expect(await get('/health/live')).toEqual({ status: 200, json: { status: 'ok' } });
    expect(await get('/health/ready')).toEqual({ status: 200, json: { status: 'ok' } });
    const { app, origin: sick } = await serve(async () => {
      throw new Error('ECONNREFUSED postgres://segredo');
    });
    expect((await get('/health/live', sick)).status).toBe(200);
    const answer = await get('/health/ready', sick);
    expect(answer.status).toBe(503);
    expect(JSON.stringify(answer)).not.toContain('segredo');
    await app.close();
  });

  it('says that it is not ready while it ends, and still answers what it had begun', async () => {
    const { app, origin } = await serve();
    slow = later();
    const pool = new Pool(origin, { connections: 2 });
    const waiting = pool.request({
      path: '/graphql',
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(await bearer()) },
      body: JSON.stringify({ query: '{ lento }' }),
    });
    // A connection that has sent half of a request is not idle, and outlives the listening socket.
    const socket = connect(Number(new URL(origin).port), '127.0.0.1');
    const received = later();
    socket.once('data', (chunk) => received.resolve(String(chunk)));
    socket.write('GET /health/ready HTTP/1.1\r\nHost: x\r\n');
    while (execute.mock.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));

    const closing = app.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.write('\r\n');
    expect(await received.promise).toMatch(/^HTTP\/1.1 503 /);
    slow.resolve('pronto');
    expect(await (await waiting).body.json()).toEqual({ data: { lento: 'pronto' } });
    await closing;
    await pool.close();
    socket.destroy();
  });
});
