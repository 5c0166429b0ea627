import { connect } from 'node:net';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { request } from 'undici';
import { readConfig } from '../platform/config';
import { realEnvironment } from '../platform/environment';
import { until } from '../platform/testing/until';
import { createTracing } from '../platform/tracing/create-tracing';
import { fakeLinks } from './testing/fake-supergraph';
import { testRouter } from './testing/test-router';

const exporter = new InMemorySpanExporter();
const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
const tracing = createTracing(provider.getTracer('teste'), readConfig({}), realEnvironment);

type Router = Awaited<ReturnType<typeof testRouter>>;
let routers: { readonly off: Router; readonly on: Router };
beforeAll(async () => {
  routers = { off: await testRouter(), on: await testRouter({ tracing }) };
});
afterAll(() => Promise.all([routers.off.close(), routers.on.close()]));
beforeEach(() => exporter.reset());

const raw = (port: number, bytes: string) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('end', () => resolve(answer)).on('error', reject);
  });

const json = { 'content-type': 'application/json' };
const typename = JSON.stringify({ query: '{ __typename }' });

describe.each(['off', 'on'] as const)('with tracing %s', (state) => {
  test.each<[number, string, string, Record<string, string>, string | undefined]>([
    [200, 'POST', '/graphql', json, typename],
    [200, 'GET', '/health/live', {}, undefined],
    [
      204,
      'OPTIONS',
      '/graphql',
      { origin: 'http://localhost:3000', 'access-control-request-method': 'POST' },
      undefined,
    ],
    [400, 'POST', '/graphql', json, '{"query":'],
    [400, 'POST', '/graphql', json, JSON.stringify({ query: '{' })],
    [400, 'GET', '/%zz', {}, undefined],
    [401, 'POST', '/graphql', { ...json, authorization: 'Bearer x' }, typename],
    [404, 'GET', '/nada', {}, undefined],
    [413, 'POST', '/graphql', json, 'a'.repeat(1024 * 1024 + 1)],
    [415, 'POST', '/graphql', { 'content-type': 'application/xml' }, '<a/>'],
  ])('%i for %s %s names the request and its trace', async (status, method, path, headers, body) => {
    const { url, logged } = routers[state];
    const response = await request(url + path, { method: method as 'GET', headers, body });
    await response.body.dump();
    expect(response.statusCode).toBe(status);
    const { 'x-request-id': requestId, 'x-trace-id': traceId } = response.headers;
    expect(requestId).toMatch(/^[\w-]{36}$/);
    expect(traceId).toMatch(/^(?!0{32})[\da-f]{32}$/);
    // An address that cannot be parsed is answered before anything is logged.
    if (path !== '/%zz') await until(() => logged.some((line) => line.includes(String(traceId))));
  });

  test('what is not even HTTP is named all the same, and found in the log', async () => {
    const { port, logged } = routers[state];
    const long = await raw(port, `GET / HTTP/1.1\r\nHost: a\r\nx: ${'a'.repeat(20_000)}\r\n\r\n`);
    const broken = await raw(port, 'nada\r\n\r\n');
    for (const [answer, status] of [
      [long, 431],
      [broken, 400],
    ] as const) {
      expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
      const [, requestId] = /^x-request-id: ([\w-]{36})\r$/m.exec(answer)!;
      const [, traceId] = /^x-trace-id: ([\da-f]{32})\r$/m.exec(answer)!;
      expect(logged.some((line) => line.includes(requestId!) && line.includes(traceId!))).toBe(true);
    }
  });

  test('a page of another origin may read both', async () => {
    const { headers } = await routers[state].post(typename, { origin: 'http://localhost:3000' });
    expect(headers['access-control-expose-headers']).toMatch(/x-request-id.*x-trace-id/);
  });
});

test('a subgraph is told of the trace that the answer names, and of the client’s tracestate beside its traceparent', async () => {
  const query = '{ eu { info } }';
  const told = async (router: Router, headers: Record<string, string>) => {
    const { data, headers: answered } = await router.ask(query, {}, headers);
    const eu = data?.eu as { info: string } | undefined;
    return { ...JSON.parse(eu?.info ?? ''), traceId: answered['x-trace-id'] };
  };
  const id = '0af7651916cd43dd8448eb211c80319c';
  const traceparent = `00-${id}-b7ad6b7169203331-01`;
  for (const router of [routers.off, routers.on]) {
    const alone = await told(router, { tracestate: 'um=1' });
    expect(alone).toMatchObject({ traceparent: expect.stringContaining(alone.traceId), tracestate: null });
    const joined = await told(router, { traceparent, tracestate: 'um=1, =, outro=2' });
    expect(joined).toMatchObject({ traceId: id, tracestate: 'um=1,outro=2' });
    expect((await told(router, { traceparent, tracestate: `a=${'x'.repeat(600)}` })).tracestate).toBeNull();
    // Recorded when it is, not when a client says so.
    expect(joined.traceparent.slice(-2)).toBe(router === routers.on ? '01' : '00');
  }
});

describe('spans of requests', () => {
  const named = (name: string) => exporter.getFinishedSpans().filter((span) => span.name === name);
  const first = (name: string) => until(() => named(name)[0] ?? false);

  test('have few names, whatever clients ask for, and none are of health checks', async () => {
    const { get } = routers.on;
    await Promise.all([get('/nada'), get('/outro-nada?x=1'), get('/health/ready'), get('/.well-known/nada')]);
    await until(() => exporter.getFinishedSpans().length >= 3);
    expect(new Set(exporter.getFinishedSpans().map(({ name }) => name))).toEqual(
      new Set(['GET', 'GET /.well-known/:document']),
    );
    expect(JSON.stringify(exporter.getFinishedSpans().map(({ attributes }) => attributes))).not.toContain(
      'nada',
    );
  });

  test('name an operation by its kind, and tell a name only of up to 64 characters', async () => {
    await routers.on.ask(`query ${'N'.repeat(64)} { __typename }`);
    expect((await first('query')).attributes['graphql.operation.name']).toBe('N'.repeat(64));
    exporter.reset();
    await routers.on.ask(`query ${'N'.repeat(65)} { __typename }`);
    expect((await first('query')).attributes).not.toHaveProperty('graphql.operation.name');
    exporter.reset();
    await routers.on.ask('{ ');
    expect((await first('GraphQL Operation')).attributes['teia.error.codes']).toEqual([
      'GRAPHQL_PARSE_FAILED',
    ]);
  });

  test('of a client that went away are ended', async () => {
    let isAsked = () => {};
    const asked = new Promise<void>((resolve) => {
      isAsked = resolve;
    });
    const links = fakeLinks();
    const router = await testRouter({
      tracing,
      links: (name) => (query, asking) => {
        isAsked();
        return new Promise((resolve) => setTimeout(resolve, 50)).then(() => links(name)(query, asking));
      },
    });
    const leaving = new AbortController();
    const gone = request(`${router.url}/graphql`, {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ query: '{ eu { info } }' }),
      signal: leaving.signal,
    }).catch(() => 'gone');
    await asked;
    leaving.abort();
    expect(await gone).toBe('gone');
    expect((await first('POST /graphql')).attributes['error.type']).toBe('aborted');
    await router.close();
  });
});
