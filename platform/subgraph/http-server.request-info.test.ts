import * as fc from 'fast-check';
import { createAssertionSigner } from '../assertion/sign-assertion';
import type { Asking, RequestInfo } from '../caller';
import { realEnvironment as environment } from '../environment';
import { assertedHeaders } from '../subgraph-links/hop-headers';
import { createHttpLinks } from '../subgraph-links/http';
import { aCaller, aRequestInfo, askingAs } from '../testing/callers';
import { bearer, serveSubgraph, sign, stranger } from './testing/served-subgraph';

const id = '0193a4de-0000-7000-8000-000000000001';

let subgraph: Awaited<ReturnType<typeof serveSubgraph>>;
beforeAll(async () => {
  subgraph = await serveSubgraph();
});
afterAll(() => subgraph.close());
beforeEach(() => subgraph.execute.mockClear());

describe('what travels with a request', () => {
  const withLink = async (use: (ask: (asking: Asking) => Promise<Asking>) => Promise<void>) => {
    const { links, close } = createHttpLinks(new Map([['vendas', [`${subgraph.origin}/graphql`]]]), {
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
    tracestate: fc.option(anyText),
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
      tracestate: 'um=1,outro=2',
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
      tracestate: 'um=1,outro=2',
      'x-forwarded-for': '::1',
      'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0)',
      'idempotency-key': '"chave"',
      'x-deadline': '1795000000000',
    });
  });

  it('is no answer to a process with other keys', async () => {
    const { links, close } = createHttpLinks(new Map([['vendas', [`${subgraph.origin}/graphql`]]]), {
      environment,
      hopHeaders: assertedHeaders(createAssertionSigner({ signing: () => stranger }, environment)),
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
    const { json, headers: answered } = await subgraph.post({ query: '{ eco }' }, headers);
    const requestId = answered['x-request-id'];
    expect(JSON.parse(json.data.eco).info).toEqual({
      requestId,
      correlationId: requestId,
      traceparent: null,
      tracestate: null,
      ip: null,
      userAgent: null,
      chaveIdempotencia: null,
      prazo: null,
    });
    const bad = await subgraph.post(
      { query: '{ eco }' },
      { ...headers, 'x-deadline': 'amanhã'.normalize('NFD').slice(0, 4) },
    );
    expect(JSON.parse(bad.json.data.eco).info.prazo).toBeNull();
    expect((await subgraph.post({ query: '{ eco }' }, { ...headers, 'user-agent': '100%' })).status).toBe(
      400,
    );
  });

  it('gives the resolvers the same Caller object while the assertion is the same', async () => {
    const headers = await bearer();
    await subgraph.post({ query: '{ eco }' }, headers);
    await subgraph.post({ query: '{ eco }' }, headers);
    const [one, two] = subgraph.execute.mock.calls.map(([, { caller }]) => caller);
    expect(one).toBe(two);
  });
});
