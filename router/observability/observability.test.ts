import { createHash, randomUUID } from 'node:crypto';
import { request as send } from 'undici';
import { realEnvironment } from '../../platform/environment';
import { createHealth } from '../../platform/health/health';
import { metrics } from '../../platform/metrics';
import { until } from '../../platform/testing/until';
import { accessTokens, pessoa } from '../testing/access-tokens';
import { fakeLinks } from '../testing/fake-supergraph';
import { testRouter } from '../testing/test-router';
import { observeForeign } from './observe-subgraphs';

type Router = Awaited<ReturnType<typeof testRouter>>;

const document = 'query Carteira { clientes { nome oportunidades { titulo } } }';
const hash = createHash('sha256').update(document).digest('hex');
const registered = new Map([[hash, { name: 'Carteira', text: document }]]);
const down = async () => {
  throw new Error('connect ECONNREFUSED');
};

let tokens: Awaited<ReturnType<typeof accessTokens>>;
let router: Router;
beforeAll(async () => {
  tokens = await accessTokens();
  router = await testRouter({ registered, production: true, jwks: tokens.jwks });
});
afterAll(() => router.close());
beforeEach(() => {
  metrics.resetMetrics();
  router.logged.length = 0;
});

/** What was measured under a name, as `{"route":"…"}: value`. */
const measured = async (name: string) => {
  const { values = [] } = (await metrics.getMetricsAsJSON()).find((one) => one.name === name) ?? {};
  return values.map(({ labels, value }): Record<string, unknown> => ({ ...labels, value }));
};
const seriesCount = async () =>
  (await metrics.metrics()).split('\n').filter((line) => line && !line.startsWith('#')).length;
const lines = (of: Router = router) =>
  of.logged.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'request');

describe('measurements', () => {
  it('have a registered operation under its name, and under each subgraph that it needed', async () => {
    await router.ask(document);
    const about = { method: 'POST', route: 'Carteira' };
    expect(await measured('gateway_requests_total')).toEqual([
      { ...about, service: 'router', status_code: 200, value: 1 },
      { ...about, service: 'clientes', status_code: 200, value: 1 },
      { ...about, service: 'vendas', status_code: 200, value: 1 },
    ]);
    const durations = await measured('gateway_request_duration_seconds');
    expect(durations).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ ...about, service: 'router', value: 1 }),
        expect.objectContaining({ ...about, service: 'vendas', value: 1 }),
      ]),
    );
  });

  it('show what one subgraph failed to answer, and how errors are coded', async () => {
    const partial = await testRouter({ registered, links: fakeLinks({}, { vendas: down }) });
    await partial.ask(document);
    await partial.close();
    expect(lines(partial)).toEqual([
      expect.objectContaining({
        errors: { SUBGRAPH_UNAVAILABLE: 1 },
        subgraphs: {
          clientes: { count: 1, ms: expect.any(Number) },
          vendas: { count: 1, ms: expect.any(Number), failed: true },
        },
      }),
    ]);
    const about = { method: 'POST', route: 'Carteira' };
    expect(await measured('gateway_requests_total')).toEqual([
      { ...about, service: 'router', status_code: 200, value: 1 },
      { ...about, service: 'clientes', status_code: 200, value: 1 },
      { ...about, service: 'vendas', status_code: 503, value: 1 },
    ]);
    expect(await measured('gateway_graphql_errors_total')).toEqual([
      { code: 'SUBGRAPH_UNAVAILABLE', value: 1 },
    ]);
  });

  it('have what is no registered operation under its path, or under one name for all', async () => {
    await router.ask('{ __typename }');
    await router.ask('query Carteira { clientes { nome } }');
    await router.ask('{');
    await router.ask('{ __typename }', {}, { authorization: 'Bearer x' });
    await router.get('/health/live');
    await router.get(`/${randomUUID()}`);
    const counted = (await measured('gateway_requests_total')).filter(({ service }) => service === 'router');
    expect(counted.map(({ route, status_code, value }) => [route, status_code, value])).toEqual([
      ['outra', 200, 2],
      ['outra', 400, 1],
      ['outra', 401, 1],
      ['/health/live', 200, 1],
      ['outra', 404, 1],
    ]);
  });

  it('have a request whose client went away, once', async () => {
    let reached = () => {};
    const started = new Promise<void>((resolve) => {
      reached = resolve;
    });
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    const lento = async () => {
      reached();
      await released;
      return 'tarde';
    };
    const slow = await testRouter({ production: true, links: fakeLinks({ clientes: { Query: { lento } } }) });
    const impatience = new AbortController();
    const asked = send(`${slow.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ lento }' }),
      signal: impatience.signal,
    });
    await started;
    impatience.abort();
    await expect(asked).rejects.toThrow();
    await until(() => lines(slow).length > 0);
    release();
    await slow.close();
    expect(lines(slow).map(({ status }) => status)).toEqual([499]);
    const counted = await measured('gateway_requests_total');
    expect(counted.map(({ status_code, value }) => [status_code, value])).toEqual([[499, 1]]);
  });

  it('stay as many, whatever clients name', async () => {
    const methods = ['PROPFIND', 'QUERY', 'PURGE', 'DELETE', 'MKCOL'];
    const strange = async (i: number) => {
      const name = `Op${i}_${randomUUID().replaceAll('-', '')}`;
      await router.post(
        { query: `query ${name} { clientes { nome } }`, operationName: name },
        { 'user-agent': name, 'x-request-id': name.slice(0, 30), 'apollographql-client-name': name },
      );
      await router.ask(`{ ${name} }`);
      await router.post({ query: '{ __typename }', operationName: name });
      const answer = await send(`${router.url}/${name}?${name}`, {
        method: methods[i % methods.length] as 'GET',
      });
      await answer.body.dump();
    };
    for (let i = 0; i < methods.length; i += 1) await strange(i);
    const before = await seriesCount();
    const all = Array.from({ length: 250 }, (_, i) => i);
    for (let i = 0; i < all.length; i += 25) await Promise.all(all.slice(i, i + 25).map(strange));
    expect(await seriesCount()).toBe(before);
    const counted = await measured('gateway_requests_total');
    expect(new Set(counted.map(({ method }) => method))).toEqual(new Set(['POST', 'outra']));
  });

  it('tell which operations had a query plan', async () => {
    const query = `query { a${Date.now()}: clientes { nome } }`;
    await router.ask(query);
    await router.ask(query);
    expect(await measured('gateway_plan_cache_total')).toEqual([
      { outcome: 'miss', value: 1 },
      { outcome: 'hit', value: 1 },
    ]);
    const [entries] = await measured('gateway_plan_cache_entries');
    const [bytes] = await measured('gateway_plan_cache_bytes');
    expect(entries?.value).toBeGreaterThan(0);
    expect(bytes?.value).toBeGreaterThan(0);
  });
});

describe('the log line of an operation', () => {
  it('says which, whose, what came of it and where it went', async () => {
    const { headers } = await router.ask(document, {}, { authorization: `Bearer ${await tokens.sign()}` });
    expect(lines()).toEqual([
      {
        level: 30,
        time: expect.any(Number),
        pid: process.pid,
        hostname: expect.any(String),
        msg: 'request',
        requestId: headers['x-request-id'],
        traceId: expect.stringMatching(/^[\da-f]{32}$/),
        method: 'POST',
        route: '/graphql',
        status: 200,
        ms: expect.any(Number),
        operation: 'Carteira',
        type: 'query',
        hash,
        usuarioId: pessoa.sub,
        organizacaoId: pessoa.org,
        sessaoId: pessoa.sid,
        subgraphs: {
          clientes: { count: 1, ms: expect.any(Number) },
          vendas: { count: 1, ms: expect.any(Number) },
        },
      },
    ]);
  });

  it('has a name that the client made up when it is a short one', async () => {
    await router.ask('query Minha { __typename }');
    await router.ask(`query ${'x'.repeat(65)} { __typename }`);
    await router.post({ query: '{ __typename }', operationName: 'Ana Lúcia 529.982.247-25' });
    expect(lines().map(({ operation }) => operation)).toEqual(['Minha', undefined, undefined]);
    expect(router.logged.join()).not.toContain('529.982.247-25');
  });

  it('counts errors by their codes', async () => {
    await router.ask('{ nada outro }');
    const [line] = lines();
    expect(line).toMatchObject({ status: 400, errors: { GRAPHQL_VALIDATION_FAILED: 2 } });
    expect(line).not.toHaveProperty('usuarioId');
  });

  it('is there for what never became an operation, and not for health', async () => {
    await router.ask(document, {}, { authorization: 'Bearer 52998224725' });
    await router.post('{"query":"52998224725');
    await router.get('/52998224725?cpf=52998224725');
    await router.get('/health/live');
    expect(
      lines()
        .filter(({ level }) => level >= 30)
        .map(({ status }) => status),
    ).toEqual([401, 400, 404]);
    for (const { traceId } of lines()) expect(traceId).toMatch(/^[\da-f]{32}$/);
    expect(router.logged.join()).not.toContain('52998224725');
  });
});

describe('health at the door', () => {
  const health = createHealth(realEnvironment);
  health.observe({ name: 'vendas', costs: 'a branch', run: async () => {} });

  it('is one word for anybody in production, and the whole of it in development', async () => {
    for (const production of [true, false]) {
      const asked = await testRouter({ health, production });
      const { status, text, headers } = await asked.get('/health');
      await asked.close();
      expect(status).toBe(200);
      expect(headers['cache-control']).toBe('no-store');
      const told = JSON.parse(text);
      expect(told.status).toBe('healthy');
      expect(Object.keys(told).sort()).toEqual(
        production
          ? ['status', 'timestamp']
          : ['checks', 'cpu', 'memory', 'status', 'timestamp', 'uptime', 'version'],
      );
    }
  });

  it('tells of subgraphs of somebody else by whether they answer', async () => {
    const foreign = createHealth(realEnvironment);
    observeForeign(['clientes', 'vendas'], fakeLinks({}, { vendas: down }), foreign);
    expect(await foreign.report()).toMatchObject({
      status: 'degraded',
      checks: { clientes: { status: 'healthy' }, vendas: { status: 'unhealthy' } },
    });
  });

  it('does not keep the router from being ready', async () => {
    const fresh = createHealth(realEnvironment);
    fresh.observe({ name: 'vendas', costs: 'a branch', run: down });
    const asked = await testRouter({ health: fresh, production: true });
    expect((await asked.get('/health')).status).toBe(503);
    expect((await asked.get('/health/ready')).status).toBe(200);
    expect((await asked.ask(document)).status).toBe(200);
    await asked.close();
  });
});
