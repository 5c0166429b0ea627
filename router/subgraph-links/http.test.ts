import type { ServerResponse } from 'node:http';
import type { Asking } from '../../platform/caller';
import { realEnvironment } from '../../platform/environment';
import { foreignHeaders } from '../../platform/subgraph-links/hop-headers';
import { createHttpLinks } from '../../platform/subgraph-links/http';
import { fakeSchema, fakeSupergraph, type SubgraphName } from '../testing/fake-supergraph';
import { rawServer, subgraphServer } from '../testing/subgraph-server';
import { withRouter } from '../testing/test-router';

const asking: Asking = {
  caller: null,
  info: {
    requestId: 'pedido-0001',
    correlationId: 'pedido-0001',
    traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01',
    tracestate: null,
    ip: '203.0.113.9',
    userAgent: 'navegador',
    chaveIdempotencia: 'chave',
    prazo: null,
  },
};
const request = { query: '{ __typename }' };
const options = { environment: realEnvironment, hopHeaders: foreignHeaders, timeout: 300 };

const answering = async (
  respond: (response: ServerResponse) => void,
  use: (
    ask: (info?: Partial<Asking['info']>) => Promise<unknown>,
    server: Awaited<ReturnType<typeof rawServer>>,
  ) => Promise<void>,
) => {
  const server = await rawServer(respond);
  const { links, close } = createHttpLinks(new Map([['um', [server.url]]]), options);
  try {
    await use((info) => links('um')(request, { ...asking, info: { ...asking.info, ...info } }), server);
  } finally {
    await server.close();
    await close();
  }
};
const json =
  (body: string, status = 200, type = 'application/json') =>
  (response: ServerResponse) => {
    response.writeHead(status, { 'content-type': type }).end(body);
  };

describe('one request', () => {
  test('sends the operation and the ids, and nothing of who asks', () =>
    answering(json('{"data":{"a":1}}'), async (ask, { received }) => {
      await expect(ask()).resolves.toEqual({ data: { a: 1 } });
      const [{ headers, body }] = received as [(typeof received)[number]];
      expect(JSON.parse(body)).toEqual(request);
      expect(Object.keys(headers).sort()).toEqual([
        'accept',
        'connection',
        'content-length',
        'content-type',
        'host',
        'traceparent',
        'x-request-id',
      ]);
      expect(headers['x-request-id']).toBe('pedido-0001');
    }));

  test('connections are kept for the next one', () =>
    answering(json('{"data":{"a":1}}'), async (ask, { received }) => {
      await ask();
      await ask();
      expect(received).toHaveLength(2);
      expect(received[0]?.headers.connection).toBe('keep-alive');
    }));

  test.each<[string, (response: ServerResponse) => void]>([
    ['data and errors', json('{"data":{"a":null},"errors":[{"message":"x","path":["a"]}]}')],
    ['an empty error list', json('{"data":{"a":1},"errors":[]}')],
    [
      'the newer media type',
      json('{"data":{"a":1}}', 200, 'application/graphql-response+json; charset=utf-8'),
    ],
    ['errors with 400', json('{"errors":[{"message":"x","extensions":{"code":"BAD_USER_INPUT"}}]}', 400)],
  ])('%s is an answer', (_, respond) =>
    answering(respond, async (ask) => {
      await expect(ask()).resolves.toEqual(expect.any(Object));
    }),
  );

  test.each<[string, (response: ServerResponse) => void]>([
    ['500', json('{"errors":[{"message":"x","extensions":{"stacktrace":["at /app/db.js"]}}]}', 500)],
    ['HTML', json('<h1>It works</h1>', 200, 'text/html')],
    ['JSON called text', json('{"data":{"a":1}}', 200, 'text/plain')],
    ['no media type', (response) => response.writeHead(200).end('{"data":{"a":1}}')],
    ['no body', json('')],
    ['half of a body', json('{"data":{"a":')],
    ['a list', json('[{"data":{"a":1}}]')],
    ['a text', json('"data"')],
    ['null', json('null')],
    ['neither data nor errors', json('{"status":"ok"}')],
    ['data that is a list', json('{"data":[]}')],
    ['errors that are no list', json('{"data":{"a":1},"errors":"x"}')],
    ['an error that is null', json('{"data":{"a":1},"errors":[null]}')],
    ['an error without message', json('{"data":{"a":1},"errors":[{}]}')],
    ['an error whose path is no path', json('{"errors":[{"message":"x","path":"a"}]}')],
    ['an error whose extensions are no object', json('{"errors":[{"message":"x","extensions":1}]}')],
    ['404 without GraphQL', json('{"error":"not found"}', 404)],
    ['a hang-up', (response) => response.destroy()],
    [
      'a whole answer that announced more',
      (response) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': 99 });
        response.write('{"data":{"a":1}}', () => response.destroy());
      },
    ],
    ['silence', () => {}],
    [
      'a body that never ends',
      (response) => response.writeHead(200, { 'content-type': 'application/json' }).write('{'),
    ],
    ['a body larger than 8 MB', json(`{"data":{"a":"${'x'.repeat(9 * 1024 * 1024)}"}}`)],
  ])('%s is none', (_, respond) =>
    answering(respond, async (ask) => {
      await expect(ask()).rejects.toThrow();
    }),
  );

  test.each([301, 302, 307, 308])('a redirect by %i is not followed', async (status) => {
    const elsewhere = await rawServer(json('{"data":{"a":"segredo"}}'));
    await answering(
      (response) => response.writeHead(status, { location: elsewhere.url }).end(),
      async (ask) => {
        await expect(ask()).rejects.toThrow(String(status));
        expect(elsewhere.received).toEqual([]);
      },
    );
    await elsewhere.close();
  });

  test('an answer may come byte by byte, after a byte order mark', () => {
    const bytes = Buffer.from('\ufeff{"data":{"a":"Zoë 🐟"}}');
    return answering(
      async (response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        for (const byte of bytes) {
          response.write(Uint8Array.of(byte));
          await new Promise(setImmediate);
        }
        response.end();
      },
      async (ask) => {
        await expect(ask()).resolves.toEqual({ data: { a: 'Zoë 🐟' } });
      },
    );
  });

  test('out of time gives its connection up, and is not sent when it got none', () => {
    let closed = 0;
    return answering(
      (response) => {
        response.once('close', () => {
          closed += 1;
        });
      },
      async (ask, { received }) => {
        const sent = Array.from({ length: 32 }, () => ask());
        const waiting = Array.from({ length: 8 }, () => ask({ prazo: Date.now() + 50 }));
        const all = await Promise.allSettled([...sent, ...waiting]);
        expect(all.every(({ status }) => status === 'rejected')).toBe(true);
        await new Promise((resolve) => setTimeout(resolve, 100));
        expect({ received: received.length, closed }).toEqual({ received: 32, closed: 32 });
      },
    );
  });

  test('ends at the instant after which nobody waits', () =>
    answering(
      () => {},
      async (ask) => {
        const before = Date.now();
        await expect(ask({ prazo: Date.now() + 50 })).rejects.toThrow();
        await expect(ask({ prazo: Date.now() - 1_000 })).rejects.toThrow();
        expect(Date.now() - before).toBeLessThan(280);
      },
    ));
});

describe('a supergraph that is not ours', () => {
  type Server = { readonly url: string; readonly close: () => Promise<void> };
  const query = '{ clientes { nome responsavel { nome } oportunidades { titulo } } }';

  const withForeign = async (
    servers: Record<SubgraphName, Server>,
    use: Parameters<typeof withRouter>[0],
  ): Promise<void> => {
    const { links, close } = createHttpLinks(
      new Map(Object.entries(servers).map(([name, { url }]) => [name, [url]])),
      { ...options, timeout: undefined, timeouts: new Map([['vendas', 300]]) },
    );
    const supergraph = fakeSupergraph((name) => servers[name].url);
    try {
      await withRouter(use, { links, supergraph, production: true })();
    } finally {
      await Promise.all(Object.values(servers).map((server) => server.close()));
      await close();
    }
  };

  test('is answered over HTTP, a request without a token passing as anonymous', async () => {
    const clientes = await subgraphServer(fakeSchema('clientes'));
    const servers = {
      clientes,
      usuarios: await subgraphServer(fakeSchema('usuarios')),
      vendas: await subgraphServer(fakeSchema('vendas')),
    };
    await withForeign(servers, async ({ ask }) => {
      const { data, errors } = await ask(query, {}, { cookie: 'sessao=segredo' });
      expect(errors).toBeUndefined();
      expect(data).toEqual({
        clientes: [
          {
            nome: 'Cliente 1',
            responsavel: { nome: 'Ana' },
            oportunidades: [{ titulo: 'Oportunidade de 1' }],
          },
          { nome: 'Cliente 2', responsavel: null, oportunidades: [{ titulo: 'Oportunidade de 2' }] },
        ],
      });
      expect(JSON.stringify(clientes.received)).not.toContain('segredo');

      const sent = clientes.received.length;
      expect((await ask(query, {}, { authorization: 'Bearer a.b.c' })).status).toBe(401);
      expect(clientes.received).toHaveLength(sent);
    });
  });

  const stack =
    '{"errors":[{"message":"Error at /app/src/db.js:10","extensions":{"stacktrace":["at /app/src"]}}]}';
  const broken: [string, () => Promise<Server>][] = [
    ['down', async () => ({ url: 'http://127.0.0.1:1/graphql', close: async () => {} })],
    ['answering HTML', () => rawServer(json('<h1>nginx /app/src</h1>', 200, 'text/html'))],
    [
      'redirecting',
      () => rawServer((response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()),
    ],
    ['failing with a stack', () => rawServer(json(stack, 500))],
    ['failing with a stack and 200', () => rawServer(json(stack))],
    [
      'setting our status',
      () => rawServer(json('{"errors":[{"message":"/app/src","extensions":{"http":{"status":418}}}]}')),
    ],
    ['hanging', () => rawServer(() => {})],
  ];
  test.each(broken)('with a subgraph %s loses that branch and shows nothing internal', async (_, vendas) => {
    const servers = {
      clientes: await subgraphServer(fakeSchema('clientes')),
      usuarios: await subgraphServer(fakeSchema('usuarios')),
      vendas: await vendas(),
    };
    await withForeign(servers, async ({ ask, logged }) => {
      const { status, data, errors, text } = await ask(query);
      expect(status).toBe(200);
      expect(data).toEqual({
        clientes: [
          { nome: 'Cliente 1', responsavel: { nome: 'Ana' }, oportunidades: null },
          { nome: 'Cliente 2', responsavel: null, oportunidades: null },
        ],
      });
      expect(errors).toHaveLength(1);
      expect(['SUBGRAPH_UNAVAILABLE', 'INTERNAL_SERVER_ERROR']).toContain(errors?.[0]?.extensions.code);
      expect(text).not.toMatch(/\/app|nginx|127\.0\.0\.1|stack|serviceName|vendas|http/i);
      expect(logged.join()).toContain('vendas');
    });
  });
});
