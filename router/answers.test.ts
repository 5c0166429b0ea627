import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { request } from 'undici';
import { fakeLinks } from './testing/fake-supergraph';
import { testRouter } from './testing/test-router';

const nome = 'Padaria São João '.repeat(200);
let router: Awaited<ReturnType<typeof testRouter>>;
beforeAll(async () => {
  const Query = {
    cliente: (_: unknown, { id }: { id: string }) => ({ id, nome: id === '1' ? nome : 'curto' }),
  };
  router = await testRouter({ links: fakeLinks({ clientes: { Query } }) });
});
afterAll(() => router.close());

const ask = async (id: string, headers: Record<string, string> = {}) => {
  const {
    statusCode,
    headers: given,
    body,
  } = await request(`${router.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query: `{ cliente(id: "${id}") { nome } }` }),
  });
  return { status: statusCode, headers: given, bytes: Buffer.from(await body.arrayBuffer()) };
};

describe('a long answer', () => {
  it.each([
    ['br', 'br, gzip', brotliDecompressSync],
    ['br', 'gzip, deflate, br, zstd', brotliDecompressSync],
    ['gzip', 'gzip', gunzipSync],
    ['gzip', 'br;q=0, gzip', gunzipSync],
  ])('is compressed with %s for who takes %s', async (encoding, accepted, decompress) => {
    const { headers, bytes } = await ask('1', { 'accept-encoding': accepted });
    expect(headers['content-encoding']).toBe(encoding);
    expect(headers.vary).toContain('accept-encoding');
    expect(bytes.length).toBeLessThan(500);
    expect(JSON.parse(decompress(bytes).toString())).toEqual({ data: { cliente: { nome } } });
  });

  it.each([undefined, 'identity', 'zstd', 'br;q=0'])('is sent as it is to who takes %s', async (accepted) => {
    const { headers, bytes } = await ask('1', accepted ? { 'accept-encoding': accepted } : {});
    expect(headers['content-encoding']).toBeUndefined();
    expect(JSON.parse(bytes.toString())).toEqual({ data: { cliente: { nome } } });
  });

  it('stays compressed as one of many at the same time', async () => {
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => ask('1', { 'accept-encoding': 'br' })),
    );
    for (const { bytes } of answers) {
      expect(JSON.parse(brotliDecompressSync(bytes).toString())).toEqual({ data: { cliente: { nome } } });
    }
  });
});

it('does not compress a short answer', async () => {
  const { headers, bytes } = await ask('2', { 'accept-encoding': 'br, gzip' });
  expect(headers['content-encoding']).toBeUndefined();
  expect(bytes.toString()).toBe('{"data":{"cliente":{"nome":"curto"}}}\n');
});

const milliseconds = /^\d+ms$/;

it.each([
  ['an answer', '/graphql?query={clientes{id}}', 200, { 'apollo-require-preflight': 'true' }],
  ['a question that is none', '/graphql?query={', 400, { 'apollo-require-preflight': 'true' }],
  ['what another site made a browser ask', '/graphql?query={clientes{id}}', 400, {}],
  ['the page', '/graphql', 200, { accept: 'text/html' }],
  ['what there is not', '/nada', 404, {}],
  ['an address that is none', '/%', 400, {}],
  ['health', '/health/live', 200, {}],
] as const)('says how long it took: %s', async (_, path, status, given) => {
  const answer = await router.get(path, { ...given });
  expect({ status: answer.status, time: answer.headers['x-response-time'] }).toEqual({
    status,
    time: expect.stringMatching(milliseconds),
  });
});

it('says how long a body took that is too large, and a token that is not valid', async () => {
  for (const [body, headers, status] of [
    ['x'.repeat(2 ** 21), {}, 413],
    ['{"query":"{clientes{id}}"}', { authorization: 'Bearer nada' }, 401],
  ] as const) {
    const answer = await router.post(body, { ...headers });
    expect(answer).toMatchObject({
      status,
      headers: { 'x-response-time': expect.stringMatching(milliseconds) },
    });
  }
});
