import { connect } from 'node:net';
import { Agent, request } from 'undici';
import { unavailable } from '../platform/errors';
import { fakeLinks } from './testing/fake-supergraph';
import { testRouter, withRouter } from './testing/test-router';

const json = { 'content-type': 'application/json' };

/** One request as raw bytes, for what no client library would send. */
const raw = (port: number, bytes: string) =>
  new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    let answer = '';
    socket.on('data', (chunk) => {
      answer += chunk;
    });
    socket.on('end', () => resolve(answer)).on('error', reject);
  });

describe('problems outside GraphQL', () => {
  test.each<[number, string, string, Record<string, string>, string | undefined]>([
    [404, 'GET', '/nada', {}, undefined],
    [404, 'PUT', '/graphql', {}, undefined],
    [404, 'GET', '/.well-known/nada', {}, undefined],
    [404, 'GET', '/.well-known/__proto__', {}, undefined],
    [404, 'GET', '/.well-known/constructor', {}, undefined],
    [404, 'GET', '/.well-known/..%2f..%2fpackage.json', {}, undefined],
    [400, 'GET', '/%zz', {}, undefined],
    [400, 'POST', '/graphql', json, '{"query":'],
    [400, 'POST', '/graphql', json, ''],
    [400, 'POST', '/graphql', json, '{"query":"{ __typename }","__proto__":{"a":1}}'],
    [413, 'POST', '/graphql', json, JSON.stringify({ query: 'a'.repeat(1024 * 1024) })],
    [415, 'POST', '/graphql', { 'content-type': 'application/xml' }, '<a/>'],
    [415, 'POST', '/graphql', { 'content-type': 'multipart/form-data; boundary=x' }, '--x--'],
  ])('%i for %s %s is a problem in Portuguese', (status, method, path, headers, body) =>
    withRouter(async ({ url }) => {
      const response = await request(url + path, { method: method as 'GET', headers, body });
      expect(response.statusCode).toBe(status);
      expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      expect(response.headers['x-content-type-options']).toBe('nosniff');
      expect(await response.body.json()).toEqual({
        type: 'about:blank',
        title: expect.stringMatching(/\S/),
        detail: expect.stringMatching(/\S/),
        status,
        requestId: response.headers['x-request-id'],
      });
    })(),
  );

  test('a Host that is no host is the client’s fault', () =>
    withRouter(async ({ port, logged }) => {
      const body = '{"query":"{ __typename }"}';
      const head = `POST /graphql HTTP/1.1\r\nHost: [\r\nConnection: close\r\nContent-Type: application/json`;
      const answer = await raw(port, `${head}\r\nContent-Length: ${body.length}\r\n\r\n${body}`);
      expect(answer).toMatch(/^HTTP\/1.1 400 /);
      expect(logged.join()).not.toContain('unforeseen');
    })());

  test('what fails in the router itself is logged whole and shows nothing', () =>
    withRouter(
      async ({ get, logged }) => {
        const { status, text, headers } = await get('/.well-known/jwks.json');
        expect(status).toBe(500);
        expect(text).not.toContain('postgres');
        expect(JSON.parse(text)).toMatchObject({ status: 500, requestId: headers['x-request-id'] });
        expect(logged.join()).toContain('postgres://segredo');
      },
      {
        wellKnown: {
          'jwks.json': async () => {
            throw new Error('postgres://segredo');
          },
        },
      },
    )());
});

test('a form of another site is blocked before anything runs', () => {
  const criarCliente = jest.fn();
  return withRouter(
    async ({ url }) => {
      const body = '{"query":"mutation { criarCliente(dados: { nome: \\"x\\" }) { id } }"}';
      const response = await request(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'text/plain' },
        body,
      });
      expect(response.statusCode).toBe(400);
      await response.body.dump();
      expect(criarCliente).not.toHaveBeenCalled();
    },
    { links: fakeLinks({ clientes: { Mutation: { criarCliente } } }) },
  )();
});

test('a mutation by GET is refused', () =>
  withRouter(async ({ get }) => {
    const query = encodeURIComponent('mutation { criarCliente(dados: { nome: "x" }) { id } }');
    expect((await get(`/graphql?query=${query}`, { 'apollo-require-preflight': '1' })).status).toBe(405);
  })());

test('in development pages of a local origin may call, and of no other', () =>
  withRouter(async ({ get }) => {
    const allowed = async (origin: string) =>
      (await get('/graphql?query={__typename}', { origin, 'apollo-require-preflight': '1' })).headers[
        'access-control-allow-origin'
      ];
    for (const origin of [
      'http://localhost:3000',
      'https://localhost',
      'http://127.0.0.1:5173',
      'http://[::1]:8080',
    ]) {
      expect(await allowed(origin)).toBe(origin);
    }
    for (const origin of [
      'https://exemplo.com',
      'http://localhost.exemplo.com',
      'http://localhost:3000.exemplo.com',
      'null',
    ]) {
      expect(await allowed(origin)).toBeUndefined();
    }
  })());

test('well-known documents are served for caches', () =>
  withRouter(
    async ({ get }) => {
      const { status, headers, text } = await get('/.well-known/jwks.json');
      expect(status).toBe(200);
      expect(headers['content-type']).toBe('application/json; charset=utf-8');
      expect(headers['cache-control']).toBe('public, max-age=300');
      expect(JSON.parse(text)).toEqual({ keys: [] });
    },
    { wellKnown: { 'jwks.json': async () => ({ keys: [] }) } },
  )());

test('each request leaves one line without what was asked', () =>
  withRouter(async ({ get, logged }) => {
    await get('/graphql?query={__typename}&token=segredo', { 'apollo-require-preflight': '1' });
    const lines = logged.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request');
    expect(lines).toEqual([
      expect.objectContaining({ method: 'GET', route: '/graphql', status: 200, ms: expect.any(Number) }),
    ]);
    expect(logged.join()).not.toContain('segredo');
  })());

describe('closing', () => {
  test('waits for as long as clients do', async () => {
    const { close } = await testRouter({ patienceMs: 600_000 });
    const timers = jest.spyOn(globalThis, 'setTimeout');
    await close();
    expect(timers).toHaveBeenCalledWith(expect.any(Function), 601_000);
    timers.mockRestore();
  });

  const slow = () => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    let reached = () => {};
    const started = new Promise<void>((resolve) => {
      reached = resolve;
    });
    const lento = async () => {
      reached();
      await released;
      return 'pronto';
    };
    return { release, started, links: fakeLinks({ clientes: { Query: { lento } } }) };
  };

  test('lets what is in flight finish, accepts nothing new, and then ends', async () => {
    const { release, started, links } = slow();
    const router = await testRouter({ links });
    const inFlight = router.ask('{ lento }');
    await started;

    let closed = false;
    const closing = router.close().then(() => {
      closed = true;
    });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(closed).toBe(false);
    await expect(request(`${router.url}/graphql`, { dispatcher: new Agent() })).rejects.toThrow(
      /ECONNREFUSED/,
    );

    release();
    expect((await inFlight).data).toEqual({ lento: 'pronto' });
    await closing;
  });

  test('does not wait for a connection that is only kept alive', async () => {
    const router = await testRouter();
    const dispatcher = new Agent({ keepAliveTimeout: 60_000 });
    const { body } = await request(`${router.url}/nada`, { dispatcher });
    await body.dump();
    const before = Date.now();
    await router.close();
    expect(Date.now() - before).toBeLessThan(2_000);
    await dispatcher.close();
  });

  test('twice is the same as once', async () => {
    const router = await testRouter();
    await Promise.all([router.close(), router.close()]);
    await router.close();
  });
});

test('is alive and ready whatever becomes of its subgraphs', () =>
  withRouter(
    async ({ get, ask }) => {
      expect((await ask('{ clientes { nome } }')).errors?.[0]?.extensions.code).toBe('SUBGRAPH_UNAVAILABLE');
      for (const path of ['/health/live', '/health/ready']) {
        expect(await get(path)).toMatchObject({ status: 200, text: '{"status":"ok"}' });
      }
    },
    { links: () => () => Promise.reject(new Error('ECONNREFUSED')) },
  )());

test('keys that cannot be had for now are a 503, of the document and of the graph', () => {
  const jwks = () => Promise.reject(unavailable());
  return withRouter(
    async ({ get, ask }) => {
      const { status, headers } = await get('/.well-known/jwks.json');
      expect(status).toBe(503);
      expect(headers['content-type']).toBe('application/problem+json; charset=utf-8');
      const answer = await ask('{ __typename }', {}, { authorization: 'Bearer a.b.c' });
      expect(answer.status).toBe(503);
      expect(answer.errors?.[0]?.extensions.code).toBe('SUBGRAPH_UNAVAILABLE');
    },
    { jwks, wellKnown: { 'jwks.json': jwks } },
  )();
});
