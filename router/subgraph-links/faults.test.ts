import { setTimeout as sleep } from 'node:timers/promises';
import type { Asking } from '../../platform/caller';
import { withoutRequest } from '../../platform/caller';
import { realEnvironment } from '../../platform/environment';
import { metrics } from '../../platform/metrics';
import { foreignHeaders } from '../../platform/subgraph-links/hop-headers';
import { createHttpLinks } from '../../platform/subgraph-links/http';
import { aCaller } from '../../platform/testing/callers';
import { until } from '../../platform/testing/until';
import { fakeSchema, fakeSupergraph, type Resolvers, type SubgraphName } from '../testing/fake-supergraph';
import { type Fault, faultProxy, faults } from '../testing/fault-proxy';
import { rawServer, subgraphServer } from '../testing/subgraph-server';
import { testRouter } from '../testing/test-router';

const names: readonly SubgraphName[] = ['clientes', 'usuarios', 'vendas'];
const supergraph = fakeSupergraph();
const whole = '{ clientes { nome responsavel { nome } oportunidades { titulo } } }';
const unaffected = '{ clientes { nome responsavel { nome } } }';
const create = 'mutation { criarCliente(dados: { nome: "Ana" }) { id } }';

/** Where nothing hangs, time is not to run out because the machine is busy. */
const patienceOfTest = 60_000;

type Options = Partial<Parameters<typeof createHttpLinks>[1]> & { readonly patienceMs?: number };

/** A router that reaches each subgraph through a proxy of its own. */
const reaching = async ({ patienceMs, ...options }: Options = {}) => {
  const elsewhere = await rawServer((response) => response.end());
  const counted = { created: 0 };
  const criarCliente = () => {
    counted.created += 1;
    return { id: '3' };
  };
  const servers = await Promise.all(
    names.map((name) => {
      const overrides: Resolvers = name === 'clientes' ? { Mutation: { criarCliente } } : {};
      return subgraphServer(fakeSchema(name, overrides));
    }),
  );
  const proxies = await Promise.all(servers.map(({ url }) => faultProxy(url, elsewhere.url)));
  const { links, close } = createHttpLinks(new Map(names.map((name, i) => [name, [proxies[i]!.url]])), {
    environment: realEnvironment,
    hopHeaders: foreignHeaders,
    timeout: patienceOfTest,
    ...options,
  });
  const router = await testRouter({ links, supergraph, production: true, patienceMs });
  return {
    ...router,
    counted,
    elsewhere,
    proxyOf: (name: SubgraphName) => proxies[names.indexOf(name)]!,
    stop: async () => {
      await router.close();
      await close();
      await Promise.all([elsewhere, ...proxies, ...servers].map((server) => server.close()));
    },
  };
};
type Reached = Awaited<ReturnType<typeof reaching>>;

const withFaults = (use: (reached: Reached) => Promise<void>, options?: Options) => async () => {
  const reached = await reaching(options);
  await use(reached).finally(reached.stop);
};

const times = <Result>(count: number, make: () => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, make));

const isOpen = async ({ ask, proxyOf }: Reached): Promise<boolean> => {
  const before = proxyOf('vendas').received.filter((body) => body.includes('oportunidades')).length;
  const { errors } = await ask(whole);
  const after = proxyOf('vendas').received.filter((body) => body.includes('oportunidades')).length;
  return errors !== undefined && after === before;
};

describe('a subgraph that fails', () => {
  const failing = faults.filter((fault) => fault !== 'slow');

  test.concurrent.each(failing)('as by %s costs its branch alone, and only for as long', async (fault) => {
    const reached = await reaching({ timeouts: new Map(fault === 'hang' ? [['vendas', 500]] : []) });
    const { ask, proxyOf, elsewhere, stop } = reached;
    try {
      const vendas = proxyOf('vendas');
      await vendas.set(fault);
      const { status, data, errors, text } = await ask(whole, {}, { 'x-request-id': 'pedido-0001' });
      expect(status).toBe(200);
      expect(data).toEqual({
        clientes: [
          { nome: 'Cliente 1', responsavel: { nome: 'Ana' }, oportunidades: null },
          { nome: 'Cliente 2', responsavel: null, oportunidades: null },
        ],
      });
      expect(errors).toEqual([
        {
          message: expect.stringMatching(/^Parte desta resposta está indisponível/),
          path: ['clientes', 0, 'oportunidades'],
          extensions: {
            code: 'SUBGRAPH_UNAVAILABLE',
            requestId: 'pedido-0001',
            traceId: expect.stringMatching(/^[\da-f]{32}$/),
          },
        },
      ]);
      expect(text).not.toMatch(/\/app|nginx|127\.0\.0\.1|ECONN|stack|vendas|http/i);

      const [hit, spared] = await Promise.all([times(10, () => ask(whole)), times(3, () => ask(unaffected))]);
      for (const { errors } of hit) {
        expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['SUBGRAPH_UNAVAILABLE']);
      }
      expect(spared.every(({ errors }) => errors === undefined)).toBe(true);
      // What is too large for one is no reason to leave all others without.
      if (fault === 'huge') expect(await isOpen(reached)).toBe(false);
      else await until(() => isOpen(reached));
      expect((await ask(unaffected)).errors).toBeUndefined();

      await vendas.set(null);
      await until(async () => {
        await sleep(200);
        return (await ask(whole)).errors === undefined;
      });
      expect(elsewhere.received).toEqual([]);
    } finally {
      await stop();
    }
  });

  test(
    'does nothing twice, though the answer is lost',
    withFaults(async ({ ask, counted, proxyOf }) => {
      await proxyOf('clientes').set('lose');
      const { data, errors } = await ask(create);
      expect(data ?? null).toBeNull();
      expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['SUBGRAPH_UNAVAILABLE']);
      expect(counted.created).toBe(1);
    }),
  );

  test(
    'is not asked twice as often for it',
    withFaults(async ({ ask, proxyOf }) => {
      await proxyOf('vendas').set('error');
      for (let i = 0; i < 3; i += 1) await times(30, () => ask(whole));
      const sent = proxyOf('vendas').received.filter((body) => body.includes('oportunidades')).length;
      // 30 before the breaker opens, and of retries ten and a tenth.
      expect(sent).toBeLessThanOrEqual(30 + 10 + 3);
    }),
  );

  test(
    'slowly only delays',
    withFaults(async ({ ask, proxyOf }) => {
      await proxyOf('vendas').set('slow');
      const answers = await times(12, () => ask(whole));
      expect(answers.every(({ errors }) => errors === undefined)).toBe(true);
    }),
  );

  test(
    'loses the rest when time is up for the whole request',
    withFaults(
      async ({ ask, proxyOf }) => {
        await proxyOf('vendas').set('hang');
        const { data, errors } = await ask(whole);
        expect(data).toMatchObject({ clientes: [{ responsavel: { nome: 'Ana' } }, {}] });
        expect(errors?.map(({ extensions }) => extensions.code)).toEqual(['SUBGRAPH_UNAVAILABLE']);
      },
      // Its own time is longer than that of the test.
      { patienceMs: 400, timeout: 600_000 },
    ),
  );

  test(
    'is seen by an operator',
    withFaults(async (reached) => {
      const { proxyOf, ask } = reached;
      const measured = async (line: RegExp) => line.test(await metrics.metrics());
      expect(await measured(/^gateway_circuit_breaker_state\{service="usuarios"\} 0$/m)).toBe(true);
      await proxyOf('vendas').set('reset');
      await until(async () => {
        await times(12, () => ask(whole));
        return measured(/^gateway_circuit_breaker_state\{service="vendas"\} [12]$/m);
      });
      expect(await measured(/^gateway_subgraph_retries_total\{service="vendas"\} [1-9]/m)).toBe(true);
      expect(await measured(/^gateway_subgraph_ejections_total\{service="vendas"\} [1-9]/m)).toBe(true);
      expect(await measured(/_seconds_count\{service="vendas",outcome="broken"\} [1-9]/)).toBe(true);
      expect(await measured(/_seconds_count\{service="clientes",outcome="ok"\} [1-9]/)).toBe(true);
    }),
  );
});

const question = { query: '{ clientes { nome } }' };
const change = { query: create };
const asked: Asking = { caller: null, info: withoutRequest('pedido') };

/** One subgraph, which counts what it is asked, behind as many proxies. */
const instances = async (count: number, options: Options = {}) => {
  const server = await subgraphServer(fakeSchema('clientes'));
  const proxies = await times(count, () => faultProxy(server.url));
  const { links, close } = createHttpLinks(new Map([['clientes', proxies.map(({ url }) => url)]]), {
    environment: realEnvironment,
    hopHeaders: foreignHeaders,
    timeout: patienceOfTest,
    ...options,
  });
  return {
    server,
    proxies,
    link: links('clientes'),
    stop: async () => {
      await close();
      await Promise.all([server, ...proxies].map((one) => one.close()));
    },
  };
};
type Instances = Awaited<ReturnType<typeof instances>>;

const withInstances =
  (count: number, use: (given: Instances) => Promise<void>, options?: Options) => async () => {
    const given = await instances(count, options);
    await use(given).finally(given.stop);
  };

describe('one attempt that fails', () => {
  const failing = faults.filter((fault) => fault !== 'slow');

  test.each(failing)('as by %s is the only one at a change', async (fault) =>
    withInstances(
      1,
      async ({ link, proxies: [proxy], server }) => {
        await proxy!.set(fault);
        await expect(link(change, asked)).rejects.toThrow();
        expect(proxy!.received.length).toBeLessThanOrEqual(1);
        expect(server.received.length).toBeLessThanOrEqual(1);
        await proxy!.set(null);
        expect((await link(change, asked)).errors).toBeUndefined();
      },
      { timeout: fault === 'hang' ? 200 : patienceOfTest },
    )(),
  );

  const passing: readonly Fault[] = ['reset', 'lose', 'cut', 'error', 'overloaded', 'HTML', 'invalid JSON'];
  test.each(passing)('as by %s is followed by another at a read', async (fault) =>
    withInstances(1, async ({ link, proxies: [proxy] }) => {
      await proxy!.set(fault, 1);
      expect((await link(question, asked)).errors).toBeUndefined();
      expect(proxy!.received).toHaveLength(2);
    })(),
  );
});

test('an instance that says whether it is ready is asked again when it is, and not for answering at all', async () => {
  const state = { isReady: false };
  const server = await rawServer((response, { path, body }) => {
    const works = state.isReady || body.includes('__typename');
    response.writeHead(works ? 200 : 503, { 'content-type': 'application/json' });
    response.end(path === '/graphql' ? '{"data":{"clientes":[]}}' : '{"status":"ok"}');
  });
  const { links, close } = createHttpLinks(new Map([['clientes', [server.url]]]), {
    environment: realEnvironment,
    hopHeaders: foreignHeaders,
    readyPath: '/health/ready',
  });
  const link = links('clientes');
  const end = () =>
    link(question, asked).then(
      () => 'ok',
      ({ kind }) => kind,
    );
  const asksWhetherReady = () => server.received.filter(({ path }) => path === '/health/ready').length;
  try {
    await until(async () => (await end()) === 'open');
    await until(() => asksWhetherReady() === 2);
    expect(await end()).toBe('open');
    state.isReady = true;
    await until(async () => (await end()) === 'ok');
    const { length } = server.received.filter(({ path }) => path !== '/health/ready');
    expect(length).toBeLessThanOrEqual(25);
    expect(server.received.some(({ body }) => body.includes('__typename'))).toBe(false);
  } finally {
    await close();
    await server.close();
  }
});

describe('several instances of a subgraph', () => {
  test(
    'all get some of what is asked',
    withInstances(3, async ({ link, proxies }) => {
      await times(90, () => link(question, asked));
      expect(proxies.every(({ received }) => received.length >= 10)).toBe(true);
    }),
  );

  test.each(['down', 'reset', 'error', 'HTML'] as const)(
    'one of which is %s: no read fails, and it is soon left alone, until it is well',
    async (fault) =>
      withInstances(2, async ({ link, proxies: [bad, good] }) => {
        await bad!.set(fault);
        for (let i = 0; i < 10; i += 1) await times(4, () => link(question, asked));
        expect(bad!.received.length).toBeLessThanOrEqual(10);
        expect(good!.received.length).toBeGreaterThanOrEqual(40);
        const before = bad!.received.length;
        await bad!.set(null);
        await until(async () => {
          await link(question, asked);
          return bad!.received.length > before + 3;
        });
      })(),
  );

  test(
    'one of which is down: every change is made, and none twice',
    withInstances(2, async ({ link, proxies: [bad], server }) => {
      await bad!.set('down');
      const answers = await times(60, () => link(change, asked));
      expect(answers.every(({ errors }) => errors === undefined)).toBe(true);
      expect(server.received).toHaveLength(60);
    }),
  );

  test(
    'one of which hangs: what is asked goes to the others',
    withInstances(
      2,
      async ({ link, proxies: [bad, good] }) => {
        await bad!.set('hang');
        const outcomes = await Promise.allSettled(
          Array.from({ length: 40 }, async (_, i) => {
            await new Promise((resolve) => setTimeout(resolve, i * 5));
            return link(question, asked);
          }),
        );
        const failed = outcomes.filter(({ status }) => status === 'rejected').length;
        expect(failed).toBeLessThanOrEqual(20);
        expect(good!.received.length).toBeGreaterThan(bad!.received.length);
      },
      { timeout: 1_000 },
    ),
  );
});

test('a name with several addresses is as many instances, each asked by that name', async () => {
  const server = await subgraphServer(fakeSchema('clientes'));
  const { port } = new URL(server.url);
  // It names nothing but here, and nobody answers at the other address.
  const name = 'clientes.invalid';
  const { links, close } = createHttpLinks(new Map([['clientes', [`http://${name}:${port}/graphql`]]]), {
    environment: realEnvironment,
    hopHeaders: foreignHeaders,
    resolve: async () => ['127.0.0.1', '127.0.0.9'],
  });
  const link = links('clientes');
  await until(() =>
    link(question, asked).then(
      () => true,
      () => false,
    ),
  );
  const answers = await times(10, () => link(question, asked));
  expect(answers.every(({ errors }) => errors === undefined)).toBe(true);
  expect(server.received.every(({ headers }) => headers.host === `${name}:${port}`)).toBe(true);
  await close();
  await server.close();
});

describe('the same read at once', () => {
  const caller = aCaller();
  const as = (given: Asking['caller']): Asking => ({ ...asked, caller: given });

  test(
    'is sent once for one Caller, and each gets an answer that is theirs to change',
    withInstances(1, async ({ link, server }) => {
      const [first, ...others] = await times(5, () => link(question, as(caller)));
      expect(server.received).toHaveLength(1);
      (first!.data as { clientes: unknown[] }).clientes.length = 0;
      for (const { data } of others) expect(data?.clientes).toHaveLength(2);
    }),
  );

  test(
    'is sent for each Caller, each time for nobody, and so is every change',
    withInstances(1, async ({ link, server }) => {
      await Promise.all([link(question, as(caller)), link(question, as(aCaller()))]);
      await times(2, () => link(question, asked));
      await times(2, () => link(change, as(caller)));
      expect(server.received).toHaveLength(6);
    }),
  );
});

test(
  'more than can wait is refused',
  withInstances(
    1,
    async ({ link, proxies: [proxy] }) => {
      await proxy!.set('hang');
      const ends: string[] = [];
      const ask = () => link(question, asked).catch(({ kind }) => ends.push(kind));
      await times(1_010, ask);
      expect(ends.slice(0, 9)).toEqual(Array(9).fill('busy'));
      expect(ends.slice(9)).not.toContain('busy');
    },
    { connections: 1, timeout: 500 },
  ),
);
