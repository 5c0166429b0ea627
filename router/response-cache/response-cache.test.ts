import { InMemoryLRUCache, type KeyValueCache } from '@apollo/utils.keyvaluecache';
import fc from 'fast-check';
import { metrics } from '../../platform/metrics';
import { accessTokens, pessoa } from '../testing/access-tokens';
import { testRouter } from '../testing/test-router';
import { cacheableGraph } from './testing/cacheable-graph';

const graph = cacheableGraph();
const memory = new InMemoryLRUCache();
const ttls: (number | null | undefined)[] = [];
const cache: KeyValueCache = {
  get: (key) => memory.get(key),
  set: async (key, value, options) => {
    ttls.push(options?.ttl);
    await memory.set(key, value, options);
  },
  delete: (key) => memory.delete(key),
};

let tokens: Awaited<ReturnType<typeof accessTokens>>;
let router: Awaited<ReturnType<typeof testRouter>>;
beforeAll(async () => {
  tokens = await accessTokens();
  router = await testRouter({ ...graph, jwks: tokens.jwks, caches: { texts: memory, answers: cache } });
});
afterAll(() => router.close());
beforeEach(() => {
  memory.clear();
  ttls.length = 0;
});

/** How often the subgraph was asked meanwhile. */
const fetches = async (work: () => Promise<unknown>): Promise<number> => {
  const before = graph.asked();
  await work();
  return graph.asked() - before;
};

const bearer = async (changed: object = {}) => ({ authorization: `Bearer ${await tokens.sign(changed)}` });

const counted = async (outcome: string) => {
  const { values } = (await metrics.getSingleMetric('gateway_response_cache_total')!.get()) as {
    values: { labels: { outcome?: string | number }; value: number }[];
  };
  return values.find(({ labels }) => labels.outcome === outcome)?.value ?? 0;
};

describe('what everybody may share', () => {
  it('is asked once, and says how long it lasts and how old it is', async () => {
    const first = await router.ask('{ publico }');
    expect(first.headers['cache-control']).toBe('max-age=60, public');
    expect(first.headers.age).toBeUndefined();
    const [hits, again] = [await counted('hit'), () => router.ask('{ publico }')];
    let second: typeof first | undefined;
    expect(
      await fetches(async () => {
        second = await again();
      }),
    ).toBe(0);
    expect(second!.data).toEqual(first.data);
    expect(second!.headers).toMatchObject({
      'cache-control': 'max-age=60, public',
      age: expect.stringMatching(/^\d$/),
    });
    expect(second!.headers.vary).toContain('authorization');
    expect(await counted('hit')).toBe(hits + 1);
    expect(ttls).toEqual([60]);
  });

  it('differs by variables, by operation name and by text', async () => {
    const query = 'query A($n: Int) { publico(n: $n) } query B { breve }';
    const asks = [
      { query, variables: { n: 1 }, operationName: 'A' },
      { query, variables: { n: 2 }, operationName: 'A' },
      { query, variables: { n: 2 }, operationName: 'B' },
      { query: `${query} ` },
    ].map((body) => ({ operationName: 'A', ...body }));
    const answers = [];
    for (const body of [...asks, ...asks]) answers.push((await router.post(body)).data);
    expect(answers.slice(4)).toEqual(answers.slice(0, 4));
    expect(new Set(answers.map((data) => JSON.stringify(data))).size).toBe(4);
  });

  it('is asked anew for who says no-cache, and then kept', async () => {
    await router.ask('{ breve }');
    const bypassed = await counted('bypass');
    expect(await fetches(() => router.ask('{ breve }', {}, { 'cache-control': 'no-cache' }))).toBe(1);
    expect(await counted('bypass')).toBe(bypassed + 1);
    expect(ttls).toEqual([10, 10]);
    expect(await fetches(() => router.ask('{ breve }', {}, { 'cache-control': 'no-store' }))).toBe(1);
    expect(ttls).toEqual([10, 10]);
  });
});

describe('what is not kept', () => {
  it.each([
    '{ sempreNovo }',
    '{ publico falha }',
    'mutation { mudar }',
    '{ publico sempreNovo }',
    '{ zero }',
  ])('%s', async (query) => {
    for (const _ of [1, 2]) {
      expect(
        await fetches(async () => {
          expect((await router.ask(query)).headers['cache-control']).toBe('no-store');
        }),
      ).toBe(1);
    }
    expect(ttls).toEqual([]);
  });

  it('what is private, of nobody', async () => {
    expect(await fetches(() => router.ask('{ meu }'))).toBe(1);
    expect(await fetches(() => router.ask('{ meu }'))).toBe(1);
    expect(ttls).toEqual([]);
  });
});

describe('what belongs to one', () => {
  it('is asked once by the same session with the same permissions', async () => {
    const [one, renewed] = [await bearer(), await bearer()];
    const first = await router.ask('{ meu }', {}, one);
    expect(first.headers['cache-control']).toBe('max-age=60, private');
    expect(await fetches(() => router.ask('{ meu }', {}, renewed))).toBe(0);
  });

  it('reaches nobody else, nor the same with other permissions, session or organization', async () => {
    const id = (last: number) => `0193a4de-0000-7000-8000-00000000000${last}`;
    const caller = fc.record({
      sub: fc.constantFrom(pessoa.sub, id(4)),
      org: fc.constantFrom(pessoa.org, id(5)),
      sid: fc.constantFrom(pessoa.sid, id(6)),
      permissoes: fc.constantFrom(
        {},
        { 'clientes:ler': 'TODOS' },
        { 'clientes:ler': 'EQUIPE' },
        { 'vendas:ler': 'TODOS' },
      ),
      equipes: fc.constantFrom([], [id(7)], [id(7), id(8)]),
    });
    const field = fc.constantFrom('meu', 'semEscopo', 'mentira', 'comPermissao');
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(caller, field), { minLength: 4, maxLength: 8 }), async (asks) => {
        for (const [given, name] of asks) {
          const { data } = await router.ask(`{ publico ${name} }`, {}, await bearer(given));
          expect(JSON.parse(data![name] as string)).toEqual({
            usuarioId: given.sub,
            organizacaoId: given.org,
            sessaoId: given.sid,
            permissoes: given.permissoes,
            equipes: given.equipes,
          });
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is not given to a token that is not valid', async () => {
    await router.ask('{ meu }', {}, await bearer());
    const expired = await bearer({ exp: Date.now() / 1000 - 600 });
    expect(await router.ask('{ meu }', {}, expired)).toMatchObject({ status: 401 });
  });
});
