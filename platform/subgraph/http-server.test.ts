import { once } from 'node:events';
import { connect } from 'node:net';
import { Pool, request } from 'undici';
import { bearer, serveSubgraph } from './testing/served-subgraph';

let subgraph: Awaited<ReturnType<typeof serveSubgraph>>;
beforeAll(async () => {
  subgraph = await serveSubgraph();
});
afterAll(() => subgraph.close());
beforeEach(() => subgraph.execute.mockClear());

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
    const answer = await subgraph.post(body, await bearer());
    expect(answer.status).toBe(400);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(subgraph.execute).not.toHaveBeenCalled();
  });

  it('a document that is refused is a GraphQL answer with 400', async () => {
    for (const query of ['{ nada }', '{', '']) {
      const answer = await subgraph.post({ query }, await bearer());
      expect(answer.status).toBe(400);
      expect(answer.headers['content-type']).toBe('application/graphql-response+json; charset=utf-8');
      expect(answer.json.errors[0].extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
    }
  });

  it('null variables and operation names count as absent', async () => {
    const body = { query: '{ eco }', variables: null, operationName: null };
    expect((await subgraph.post(body, await bearer())).status).toBe(200);
  });

  it('a body may be as large as an answer of another subgraph, and not larger', async () => {
    const headers = await bearer();
    const query = 'query ($t: String!) { texto(t: $t) }';
    const t = 'x'.repeat(7 * 1024 * 1024);
    const large = await subgraph.post({ query, variables: { t } }, headers);
    expect(large.json.data.texto).toHaveLength(t.length);
    const { status, text } = await subgraph.post(
      { query, variables: { t: `${t}${t.slice(0, 2 ** 20)}` } },
      headers,
    );
    expect(status).toBe(413);
    expect(text).toContain('8 MB');
  });

  it.each([
    ['GET', '/graphql'],
    ['GET', '/graphql?query=%7Beco%7D'],
    ['PUT', '/graphql'],
    ['POST', '/'],
    ['POST', '/graphql/vendas'],
    ['GET', '/.well-known/nada'],
  ])('there is nothing at %s %s', async (method, path) => {
    const response = await request(subgraph.origin + path, {
      method: method as 'GET',
      headers: await bearer(),
    });
    expect(response.statusCode).toBe(404);
    await response.body.dump();
    expect(subgraph.execute).not.toHaveBeenCalled();
  });
});

describe('what is for anybody', () => {
  const get = async (path: string, from = subgraph.origin) => {
    const { statusCode, body } = await request(from + path);
    return { status: statusCode, json: (await body.json()) as object };
  };

  it('is what the subgraph publishes', async () => {
    expect(await get('/.well-known/publico.json')).toEqual({ status: 200, json: { aberto: true } });
  });

  it('is whether it lives and whether it is ready', async () => {
    expect(await get('/health/live')).toEqual({ status: 200, json: { status: 'ok' } });
    expect(await get('/health/ready')).toEqual({ status: 200, json: { status: 'ok' } });
    const sick = await serveSubgraph(async () => {
      throw new Error('ECONNREFUSED postgres://segredo');
    });
    expect((await get('/health/live', sick.origin)).status).toBe(200);
    const answer = await get('/health/ready', sick.origin);
    expect(answer.status).toBe(503);
    expect(JSON.stringify(answer)).not.toContain('segredo');
    await sick.close();
  });

  it('says that it is not ready while it ends, and still answers what it had begun', async () => {
    const ending = await serveSubgraph();
    const pool = new Pool(ending.origin, { connections: 2 });
    const waiting = pool.request({
      path: '/graphql',
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(await bearer()) },
      body: JSON.stringify({ query: '{ lento }' }),
    });
    // A connection that has sent half of a request is not idle, and outlives the listening socket.
    const socket = connect(Number(new URL(ending.origin).port), '127.0.0.1');
    const received = once(socket, 'data');
    socket.write('GET /health/ready HTTP/1.1\r\nHost: x\r\n');
    while (ending.execute.mock.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));

    const closing = ending.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.write('\r\n');
    expect(String(await received)).toMatch(/^HTTP\/1.1 503 /);
    ending.finishSlow('pronto');
    expect(await (await waiting).body.json()).toEqual({ data: { lento: 'pronto' } });
    await closing;
    await pool.close();
    socket.destroy();
  });
});
