import { Readable } from 'node:stream';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { getIntrospectionQuery } from 'graphql';
import { request } from 'undici';
import { defaultQueryLimits } from '../../platform/settings/query-limits';
import { testRouter } from '../testing/test-router';

type Router = Awaited<ReturnType<typeof testRouter>>;

let router: Router;
let production: Router;
beforeAll(async () => {
  [router, production] = await Promise.all([testRouter(), testRouter({ production: true })]);
});
afterAll(() => Promise.all([router.close(), production.close()]));

const times = (count: number, text: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => text(i)).join(' ');
const nested = (levels: number, inner = 'id') =>
  `{ cliente(id: 1) ${'{ vizinho '.repeat(levels)}{ ${inner} }${' }'.repeat(levels)} }`;
const motivoOf = async (query: string, variables?: object) => {
  const { status, errors, text } = await production.ask(query, variables);
  expect(text).not.toMatch(/Maximum call stack|Document contains|unforeseen/);
  return errors && { status, ...errors[0]?.extensions };
};
const refused = (motivo: string) => ({ status: 400, code: 'BAD_USER_INPUT', motivo });

describe('each limit lets through what it allows, and refuses one more with a motivo of its own', () => {
  const doubling = (levels: number) =>
    `{ cliente(id: 1) { ...F0 } } ${times(levels, (n) => `fragment F${n} on Cliente { vizinho { ${n + 1 < levels ? `...F${n + 1} ...F${n + 1}` : 'id'} } }`)}`;
  /** As wide and deep as it may be at the same time, with no field twice in one place. */
  const wide = (levels: number) =>
    `{ ${times(20, (i) => `a${i}: cliente(id: ${i}) { ...L0 }`)} } ${times(
      levels,
      (n) =>
        `fragment L${n} on Cliente { id nome responsavel { id nome } oportunidades { titulo } vizinho { ${n + 1 < levels ? `...L${n + 1}` : 'id'} } }`,
    )}`;
  const cases: [string, string, string][] = [
    ['PROFUNDIDADE_DEMAIS', nested(13), nested(14)],
    [
      'APELIDOS_DEMAIS',
      `{ eu { ${times(50, (i) => `a${i}: info`)} } }`,
      `{ eu { ${times(51, (i) => `a${i}: info`)} } }`,
    ],
    [
      'CAMPOS_RAIZ_DEMAIS',
      `{ ${times(20, (i) => `a${i}: lento`)} }`,
      `{ ${times(21, (i) => `a${i}: lento`)} }`,
    ],
    [
      'DIRETIVAS_DEMAIS',
      `{ eu { ${times(50, (i) => `a${i}: info @include(if: true)`)} } }`,
      `{ eu { ${times(51, () => 'info @include(if: true)')} } }`,
    ],
    ['CAMPOS_DEMAIS', wide(1), wide(2)],
    [
      'REPETICOES_DEMAIS',
      `{ eu { ${times(20, () => 'info')} } }`,
      `{ eu { ${times(19, () => 'info')} ...F ...F } } fragment F on Eu { info }`,
    ],
    ['TOKENS_DEMAIS', `{ eu { info } }`, `{ ${times(5_000, () => 'lento')} }`],
    [
      'FRAGMENTOS_DEMAIS',
      `{ eu { info } }`,
      `{ eu { info } } ${times(201, (i) => `fragment F${i} on Eu { info }`)}`,
    ],
    ['OPERACOES_DEMAIS', `{ eu { info } }`, times(21, (i) => `query Q${i} { eu { info } }`)],
    [
      'DOCUMENTO_GRANDE_DEMAIS',
      `{ eu { info } } ${'#\n'.repeat(40_000)}`,
      `{ eu { info } } ${'#\n'.repeat(60_000)}`,
    ],
    [
      'CUSTO_DEMAIS',
      '{ clientes { vizinho { id } } }',
      `{ clientes { ${times(40, (i) => `a${i}: oportunidades { titulo }`)} } }`,
    ],
  ];

  test.each(cases)('%s', async (motivo, allowed, beyond) => {
    expect(await motivoOf(allowed)).toBeUndefined();
    expect(await motivoOf(beyond)).toEqual(refused(motivo));
    // What is kept of a refused document is refused as well.
    expect(await motivoOf(beyond)).toEqual(refused(motivo));
  });

  test('and counts what fragments hold wherever they are spread', async () => {
    expect(await motivoOf(doubling(3))).toBeUndefined();
    expect(await motivoOf(doubling(12))).toEqual(refused('CAMPOS_DEMAIS'));
    const roots = `{ ...R ...R ...R } fragment R on Query { ${times(7, (i) => `a${i}: lento`)} }`;
    expect(await motivoOf(roots)).toEqual(refused('CAMPOS_RAIZ_DEMAIS'));
  });

  test('fragments that are spread where none is, doubled without end, cost nothing', async () => {
    const missing = `{ ...F0 } ${times(50, (n) => `fragment F${n} on Query { ...F${n + 1} ...F${n + 1} }`)}`;
    expect(await motivoOf(missing)).toMatchObject({ code: 'GRAPHQL_VALIDATION_FAILED' });
  });

  test('and names of one place wherever these are written', async () => {
    const vizinho = (inner: string) => `vizinho { ${inner} }`;
    const cliente = (inner: string) => `{ cliente(id: 1) { ${inner} } }`;
    const ids = (count: number) => times(count, () => 'id');
    expect(await motivoOf(cliente(times(4, () => vizinho(ids(5)))))).toBeUndefined();
    expect(await motivoOf(cliente(times(7, () => vizinho(ids(3)))))).toEqual(refused('REPETICOES_DEMAIS'));
    const unused = `{ eu { info } } fragment F on Cliente { ... { ${ids(10)} } ... on Cliente { ${ids(11)} } }`;
    expect(await motivoOf(unused)).toEqual(refused('REPETICOES_DEMAIS'));
  });

  test('a fragment that includes itself is named', async () => {
    const { errors } = await production.ask(
      '{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }',
    );
    expect(errors).toEqual([
      { message: 'O fragmento A inclui a si mesmo.', extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
    ]);
  });
});

describe('what is nested without end', () => {
  const levels = 2_400;
  test.each([
    ['lists', `{ cliente(id: ${'['.repeat(levels)}1${']'.repeat(levels)}) { id } }`],
    ['lists that never end', `{ cliente(id: ${'['.repeat(4_900)}`],
    ['objects', `{ cliente(id: ${'{a:'.repeat(1_200)}1${'}'.repeat(1_200)}) { id } }`],
    ['fields', `${'{ vizinho '.repeat(1_600)} { id } ${'}'.repeat(1_600)}`],
    ['inline fragments', `{ ${'... { '.repeat(1_600)} lento ${'}'.repeat(1_600)} }`],
    ['a default', `query($x: ID = ${'['.repeat(40)}1${']'.repeat(40)}) { cliente(id: $x) { id } }`],
    ['an argument of a directive', `{ eu @skip(if: ${'['.repeat(40)}1${']'.repeat(40)}) { info } }`],
  ])('in %s is refused in so many words', async (_, query) => {
    expect(await motivoOf(query)).toEqual(refused('PROFUNDIDADE_DEMAIS'));
  });
});

describe('variables', () => {
  const query = 'query($d: [String!]) { eu { info @skip(if: false) } lento }';
  test('may have 10,000 values', async () => {
    const values = (count: number) => ({ sobra: Array.from({ length: count }, () => 1) });
    expect(await motivoOf('{ lento }', values(9_000))).toBeUndefined();
    expect(await motivoOf('{ lento }', values(10_000))).toEqual(refused('VARIAVEIS_DEMAIS'));
  });

  test('that do not fit are named up to the fiftieth', async () => {
    const dados = Object.fromEntries(Array.from({ length: 5_000 }, (_, i) => [`x${i}`, 1]));
    const criar = 'mutation($dados: CriarClienteInput!) { criarCliente(dados: $dados) { id } }';
    const { status, errors } = await production.ask(criar, { dados });
    expect(status).toBe(400);
    expect(errors?.[0]?.extensions.campos).toHaveLength(50);
  });

  test('are refused when lists of theirs are nested deeper', async () => {
    expect(
      await motivoOf(query, { d: [[[[[[[[[[[[[[[[[[[[[[[[[['x']]]]]]]]]]]]]]]]]]]]]]]]]] }),
    ).toMatchObject({ status: 400 });
  });
});

describe('the schema tells of itself in development', () => {
  test('to the queries that tools send, however deep these are', async () => {
    const query = getIntrospectionQuery({
      inputValueDeprecation: true,
      specifiedByUrl: true,
      schemaDescription: true,
    });
    const { status, errors } = await router.ask(query);
    expect({ status, errors }).toEqual({ status: 200, errors: undefined });
  });

  test('and not in circles', async () => {
    const circles = `{ __schema { types { ${'fields { type { '.repeat(6)} name ${'} }'.repeat(6)} } } }`;
    expect((await router.ask(circles)).status).toBe(400);
  });
});

describe('a body', () => {
  const send = (body: Buffer, encoding: string) =>
    request(`${production.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': encoding },
      body,
    });
  const json = (padding: number) =>
    Buffer.from(JSON.stringify({ query: '{ __typename }', sobra: 'a'.repeat(padding) }));
  const ways = [
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ] as const;

  test.each(ways)('may arrive as %s, up to 1 MB of what it inflates to', async (encoding, compress) => {
    const small = await send(compress(json(10)), encoding);
    expect(await small.body.json()).toEqual({ data: { __typename: 'Query' } });
    for (const size of [defaultQueryLimits.body, 50 * 1024 * 1024]) {
      const bomb = compress(json(size));
      expect(bomb.length).toBeLessThan(100_000);
      const { statusCode, body } = await send(bomb, encoding);
      expect({ statusCode, ...((await body.json()) as object) }).toMatchObject({
        statusCode: 413,
        detail: 'O corpo da requisição passa do limite de 1 MB.',
      });
    }
  });

  test('that is not what it says, or in an encoding that nobody knows, is a problem of its sender', async () => {
    for (const [body, encoding, status] of [
      [json(10), 'gzip', 400],
      [gzipSync(json(10)).subarray(0, 30), 'gzip', 400],
      [json(10), 'zstd', 415],
      [json(10), 'gzip, gzip', 415],
    ] as const) {
      const answer = await send(body, encoding);
      expect(answer.statusCode).toBe(status);
      expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
      await answer.body.dump();
    }
  });

  test('of members with nothing in them is not read to its end', async () => {
    const empty = gzipSync(Buffer.alloc(0));
    const members = Buffer.concat(Array.from({ length: 100_000 }, () => empty));
    expect(members.length).toBeGreaterThan(defaultQueryLimits.body);
    const parts = async function* () {
      for (let i = 0; i < members.length; i += 65_536) yield members.subarray(i, i + 65_536);
    };
    const { statusCode, body } = await request(`${production.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' },
      body: Readable.from(parts()),
    });
    await body.dump();
    expect(statusCode).toBe(400);
  });
});

describe('pages of other origins', () => {
  const app = 'https://app.exemplo.com';
  const preflight = async ({ url }: Router, origin: string) => {
    const { headers, body } = await request(`${url}/graphql`, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization',
      },
    });
    await body.dump();
    return headers['access-control-allow-origin'];
  };

  test('may call in production when they are listed, and no others', async () => {
    const listed = await testRouter({ production: true, origins: [app] });
    try {
      expect(await preflight(listed, app)).toBe(app);
      for (const other of [
        'https://app.exemplo.com.br',
        'http://app.exemplo.com',
        'http://localhost:3000',
        'null',
      ]) {
        expect(await preflight(listed, other)).toBeUndefined();
      }
      expect(await preflight(production, app)).toBeUndefined();
    } finally {
      await listed.close();
    }
  });
});
