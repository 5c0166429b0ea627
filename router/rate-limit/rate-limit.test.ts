import type { Config } from '../../platform/config';
import { realEnvironment } from '../../platform/environment';
import { log } from '../../platform/log';
import { metrics } from '../../platform/metrics';
import { defaultQueryLimits, type QueryLimits } from '../../platform/settings/query-limits';
import type { UsageLimit } from '../../platform/settings/usage-limit';
import { hashOf } from '../documents/registered';
import { accessTokens, pessoa } from '../testing/access-tokens';
import { testRouter } from '../testing/test-router';
import { openRateLimits, rateLimitsOf } from './open-rate-limits';
import { limitedGraph, limitedSupergraph } from './testing/limited-graph';

const minute = 60_000;
const supergraph = limitedSupergraph();
const registrada = 'query Livre { livre }';

/** The beginning of a window, whether of a minute or of an hour. */
let now = Math.ceil(Date.now() / (60 * minute)) * 60 * minute;
const environment = { ...realEnvironment, agora: () => new Date(now) };

let tokens: Awaited<ReturnType<typeof accessTokens>>;
const opened: (() => Promise<void>)[] = [];
beforeAll(async () => {
  tokens = await accessTokens();
});
afterAll(async () => {
  for (const close of opened) await close();
});
beforeEach(() => {
  // What was counted is forgotten.
  now = (Math.floor(now / (60 * minute)) + 2) * 60 * minute;
});

const open = async (limit: UsageLimit = { max: 1_000, windowMs: minute }, limits?: QueryLimits) => {
  const { links, executed } = limitedGraph();
  const router = await testRouter({
    supergraph,
    links,
    environment,
    jwks: tokens.jwks,
    registered: new Map([[hashOf(registrada), { name: 'Livre', text: registrada }]]),
    proxies: ['127.0.0.1'],
    limits,
    rateLimits: openRateLimits({ limit, store: null, environment, onClose: () => {} }),
  });
  opened.push(router.close);
  return { ...router, executed };
};

let shared: Awaited<ReturnType<typeof open>>;
beforeAll(async () => {
  shared = await open();
});
beforeEach(() => {
  shared.executed.length = 0;
});

const from = (ip: string) => ({ 'x-forwarded-for': ip });
const as = async (changed: object = {}) => ({
  authorization: `Bearer ${await tokens.sign({ iat: now / 1_000, exp: now / 1_000 + 900, ...changed })}`,
});
const limitHeaders = (headers: object) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => /ratelimit|retry/.test(name)));
const hitsOf = async (labels: object): Promise<number> => {
  const { values } = (await metrics.getSingleMetric('gateway_rate_limit_hits_total')?.get()) ?? {
    values: [],
  };
  return values.find((each) => JSON.stringify(each.labels) === JSON.stringify(labels))?.value ?? 0;
};

describe('what a field declares', () => {
  test('is told with every answer, beside the general limit', async () => {
    now += 15_000;
    const { headers } = await shared.ask('mutation { entrar a: entrar }');
    expect(limitHeaders(headers)).toEqual({
      ratelimit: '"geral";r=999;t=45, "entrar-ip";r=1;t=45',
      'ratelimit-policy': '"geral";q=1000;w=60, "entrar-ip";q=3;w=60',
      'x-ratelimit-limit': '3',
      'x-ratelimit-remaining': '1',
      'x-ratelimit-reset': '45',
    });
    expect(limitHeaders((await shared.ask('{ livre }')).headers)).toMatchObject({
      ratelimit: '"geral";r=998;t=45',
      'x-ratelimit-limit': '1000',
    });
  });

  test('counts each alias, and refuses the whole mutation before any of it is executed', async () => {
    expect((await shared.ask('mutation { entrar }')).status).toBe(200);
    const { status, data, errors, headers } = await shared.ask(
      'mutation { criar a: entrar b: entrar c: entrar }',
    );
    expect(status).toBe(429);
    expect(data).toBeUndefined();
    expect(errors).toEqual([
      {
        message: 'Pedidos demais de entrar. Tente de novo em 61 segundos.',
        extensions: { code: 'RATE_LIMITED', motivo: 'LIMITE_DE_USO', aguardeSegundos: 61 },
      },
    ]);
    expect(limitHeaders(headers)).toEqual({
      ratelimit: '"geral";r=998;t=60, "entrar-ip";r=2;t=61',
      'ratelimit-policy': '"geral";q=1000;w=60, "entrar-ip";q=3;w=60',
      'x-ratelimit-limit': '3',
      'x-ratelimit-remaining': '2',
      'x-ratelimit-reset': '61',
      'retry-after': '61',
    });
    expect(shared.executed).toEqual(['entrar']);
    expect((await shared.ask('mutation { a: entrar b: entrar }')).status).toBe(200);
    expect((await shared.ask('mutation { entrar }')).status).toBe(429);
  });

  test('says that there is no time to wait for of what is more than may ever be asked for at once', async () => {
    const { status, errors, headers } = await shared.ask(
      'mutation { a: entrar b: entrar c: entrar d: entrar }',
    );
    expect(status).toBe(400);
    expect(errors).toEqual([
      {
        message: 'Peça entrar no máximo 3 vezes em uma operação.',
        extensions: { code: 'BAD_USER_INPUT', motivo: 'LIMITE_DE_USO' },
      },
    ]);
    expect(headers['retry-after']).toBeUndefined();
    expect(shared.executed).toEqual([]);
    expect((await shared.ask('mutation { a: entrar b: entrar c: entrar }')).status).toBe(200);
  });

  test('does not count an operation that is refused for what it is', async () => {
    const cheap = await open(undefined, { ...defaultQueryLimits, cost: 2 });
    const query = 'query ($e: Boolean!) { busca { nome } livre @include(if: $e) }';
    for (let i = 0; i < 10; i++) {
      expect((await cheap.ask(query, { e: 'sim' })).status).toBe(400);
      const { errors } = await cheap.ask('{ busca { vizinho { vizinho { nome } } } }');
      expect(errors?.[0]?.extensions.motivo).toBe('CUSTO_DEMAIS');
    }
    expect((await cheap.ask(query, { e: true })).headers.ratelimit).toMatch('"busca-ip";r=9;');
  });

  test('ends when the time is over of which the answer told', async () => {
    await shared.ask('mutation { a: entrar b: entrar c: entrar }');
    now += 10_000;
    const { headers } = await shared.ask('mutation { entrar }');
    // The rest of the window, and a third of the next one.
    expect(Number(headers['retry-after'])).toBe(51);
    now += 50_000;
    expect((await shared.ask('mutation { entrar }')).status).toBe(429);
    now += 1_000;
    expect((await shared.ask('mutation { entrar }')).status).toBe(200);
    expect((await shared.ask('mutation { entrar }')).status).toBe(429);
  });

  test('counts an address, of IPv6 its network, as far as proxies are believed', async () => {
    const status = async (ip: string) =>
      (await shared.ask('mutation { a: entrar b: entrar }', {}, from(ip))).status;
    expect(await status('203.0.113.1')).toBe(200);
    expect(await status('203.0.113.1')).toBe(429);
    expect(await status('203.0.113.2')).toBe(200);
    expect(await status('2001:db8:1:2::1')).toBe(200);
    expect(await status('2001:db8:1:2:ffff::1')).toBe(429);
    expect(await status('2001:db8:1:3::1')).toBe(200);
  });

  test('counts the person and the address each apart, and nobody as a person who did not sign in', async () => {
    const ten = `{ ${Array.from({ length: 10 }, (_, i) => `a${i}: busca { nome }`).join(' ')} }`;
    const status = async (query: string, headers: Record<string, string>) =>
      (await shared.ask(query, {}, headers)).status;
    const ana = await as();
    const bia = await as({ sub: '0193a4de-0000-7000-8000-00000000000b' });
    expect(await status(ten, { ...ana, ...from('203.0.113.1') })).toBe(200);
    expect(await status('{ busca { nome } }', { ...ana, ...from('203.0.113.2') })).toBe(429);
    expect(await status('{ busca { nome } }', { ...bia, ...from('203.0.113.1') })).toBe(429);
    expect(await status('{ busca { nome } }', { ...bia, ...from('203.0.113.2') })).toBe(200);
    // Of the two that were refused nothing counted for whoever was not over the limit.
    expect(await status(ten, from('203.0.113.3'))).toBe(200);
    expect(await status('mutation { exportar a: exportar b: exportar }', from('203.0.113.3'))).toBe(200);
  });

  test('counts an organization, whoever of it asks', async () => {
    const convidar = async (changed: object) =>
      (await shared.ask('mutation { convidar a: convidar }', {}, await as(changed))).status;
    expect(await convidar({})).toBe(200);
    expect(await convidar({ sub: '0193a4de-0000-7000-8000-00000000000b' })).toBe(429);
    expect(await convidar({ org: '0193a4de-0000-7000-8000-00000000000c' })).toBe(200);
  });

  test('leaves out what variables leave out', async () => {
    const query = 'mutation ($e: Boolean!) { criar a: entrar @include(if: $e) b: entrar @include(if: $e) }';
    for (let i = 0; i < 5; i++) expect((await shared.ask(query, { e: false })).status).toBe(200);
    expect((await shared.ask(query, { e: true })).status).toBe(200);
    expect((await shared.ask(query, { e: true })).status).toBe(429);
  });

  test('is counted once more when the same document comes again', async () => {
    const query = '{ busca { vizinho { preco } } }';
    for (let i = 0; i < 5; i++) expect((await shared.ask(query)).status).toBe(200);
    const { status, errors, headers } = await shared.ask(query);
    expect(status).toBe(429);
    expect(errors?.[0]?.message).toMatch('Pedidos demais de Item.preco. Tente de novo em 31 segundos.');
    expect(headers.ratelimit).toMatch('"Item.preco-ip";r=0;t=');
    expect(headers.ratelimit).not.toMatch('busca');
  });
});

describe('the general limit', () => {
  let few: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    few = await open({ max: 3, windowMs: minute });
  });

  test('refuses with 429 whatever is asked, and executes nothing', async () => {
    for (let i = 0; i < 3; i++) expect((await few.ask('{ livre }')).status).toBe(200);
    few.executed.length = 0;
    const { status, errors, headers } = await few.ask('{ livre }');
    expect(status).toBe(429);
    expect(errors).toEqual([
      {
        message: 'Pedidos demais. Tente de novo em 61 segundos.',
        extensions: { code: 'RATE_LIMITED', motivo: 'LIMITE_DE_USO', aguardeSegundos: 61 },
      },
    ]);
    expect(limitHeaders(headers)).toEqual({
      ratelimit: '"geral";r=0;t=61',
      'ratelimit-policy': '"geral";q=3;w=60',
      'x-ratelimit-limit': '3',
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': '61',
      'retry-after': '61',
    });
    expect(few.executed).toEqual([]);
    expect((await few.ask('{ livre }', {}, from('203.0.113.9'))).status).toBe(200);
    expect((await few.ask('{ livre }', {}, await as())).status).toBe(200);
  });

  test.each([
    ['what is no GraphQL', { query: '{' }],
    ['what is not in the graph', { query: '{ nada }' }],
    ['what is unknown', { extensions: { persistedQuery: { version: 1, sha256Hash: 'a'.repeat(64) } } }],
    ['nothing', {}],
    ['what is nested too deep', { query: `{ busca ${'{ vizinho '.repeat(60)} { nome } ${'}'.repeat(60)} }` }],
  ])('counts %s', async (_, body) => {
    for (let i = 0; i < 3; i++) expect((await few.post(body)).status).not.toBe(429);
    expect((await few.post(body)).status).toBe(429);
  });

  test('counts a person wherever they are, and by its address what has no valid token', async () => {
    const status = async (headers: Record<string, string>) =>
      (await few.ask('{ livre }', {}, headers)).status;
    const ana = await as();
    for (let i = 0; i < 3; i++) expect(await status({ ...ana, ...from(`203.0.113.${i}`) })).toBe(200);
    expect(await status({ ...ana, ...from('203.0.113.9') })).toBe(429);
    expect(await status(await as({ sid: '0193a4de-0000-7000-8000-00000000000d' }))).toBe(429);
    const invalid = { authorization: 'Bearer nada' };
    for (let i = 0; i < 3; i++) expect(await status({ ...invalid, ...from('203.0.113.9') })).toBe(401);
    expect(await status({ ...invalid, ...from('203.0.113.9') })).toBe(429);
    expect(await status(from('203.0.113.9'))).toBe(429);
    expect(await status(invalid)).toBe(401);
  });

  test('is read by pages of other origins, also from a refusal', async () => {
    const origin = { origin: 'http://localhost:3000' };
    const answers = [];
    for (let i = 0; i < 4; i++) answers.push(await few.ask('{ livre }', {}, origin));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 429]);
    for (const { headers } of answers) {
      expect(headers['access-control-expose-headers']).toMatch(
        'ratelimit, ratelimit-policy, x-ratelimit-limit, x-ratelimit-remaining, x-ratelimit-reset, retry-after',
      );
    }
  });

  test('is measured by the name of a registered operation, and by no other', async () => {
    const before = {
      anonimo: await hitsOf({ route: 'Livre', user_type: 'anonimo' }),
      outra: await hitsOf({ route: 'outra', user_type: 'anonimo' }),
      usuario: await hitsOf({ route: 'outra', user_type: 'usuario' }),
    };
    for (let i = 0; i < 4; i++) await few.ask(registrada);
    await few.post({ query: 'query Inventada { livre }', operationName: 'Inventada' });
    await few.post({ extensions: { persistedQuery: { version: 1, sha256Hash: hashOf(registrada) } } });
    await few.get(`/graphql?${new URLSearchParams({ query: registrada })}`, {
      'x-apollo-operation-name': 'x',
    });
    const ana = await as({ sub: pessoa.org });
    for (let i = 0; i < 4; i++) await few.ask('mutation { exportar }', {}, ana);
    expect(await hitsOf({ route: 'Livre', user_type: 'anonimo' })).toBe(before.anonimo + 3);
    expect(await hitsOf({ route: 'outra', user_type: 'anonimo' })).toBe(before.outra + 1);
    // The third by the limit of the field, the fourth by the general one.
    expect(await hitsOf({ route: 'outra', user_type: 'usuario' })).toBe(before.usuario + 2);
  });
});

test('without limits nothing is counted and nothing is told', async () => {
  const { links } = limitedGraph();
  const router = await testRouter({ supergraph, links, rateLimits: null });
  opened.push(router.close);
  for (let i = 0; i < 5; i++) {
    const { status, headers } = await router.ask('mutation { a: entrar b: entrar }');
    expect(status).toBe(200);
    expect(limitHeaders(headers)).toEqual({});
  }
});

test('who counts alone in production is told so when it starts', () => {
  const warn = jest.spyOn(log, 'warn').mockImplementation(() => {});
  const config = { TEIA_LIMITE_USO: { max: 10, windowMs: minute } };
  const start = (NODE_ENV: 'production' | 'development') =>
    rateLimitsOf({ ...config, NODE_ENV } as Config, { environment, onClose: () => {} });
  start('development');
  expect(warn).not.toHaveBeenCalled();
  start('production');
  expect(warn.mock.calls).toEqual([[expect.stringMatching(/REDIS_URL nem DATABASE_URL/)]]);
  warn.mockRestore();
});
