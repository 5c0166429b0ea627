import { request } from 'undici';
import { subgraphUrlSetting } from '../platform/settings/subgraphs';
import { until } from '../platform/testing/until';
import { type CollectedSpan, startCollector } from '../platform/tracing/testing/collector';
import { asker, sellOnce } from './testing/sell-once';
import { administrador, names, type SplitTeia, splitTeia } from './testing/split-teia';

let collector: Awaited<ReturnType<typeof startCollector>>;
let split: SplitTeia;
/** Each subgraph in a process of its own, and all of them in one with the router. */
let urls: { readonly split: string; readonly one: string };
let sold: { readonly token: string; readonly clienteId: string };
let killVendas: () => Promise<unknown>;

beforeAll(async () => {
  collector = await startCollector();
  split = await splitTeia();
  const settings = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  const running = await Promise.all(names.map((name) => split.serve(name, settings)));
  killVendas = () => running[names.indexOf('vendas')]!.end('SIGKILL');
  const nowhereElse = Object.fromEntries(names.map((name) => [subgraphUrlSetting(name), '']));
  const [several, one] = [
    split.route(settings),
    split.route({
      ...settings,
      ...split.own,
      ...nowhereElse,
      OTEL_SERVICE_NAME: 'tudo',
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    }),
  ];
  urls = { split: await several.url(), one: await one.url() };
  sold = await sellOnce(asker(urls.split));
}, 120_000);
afterAll(async () => {
  await split.stop();
  await collector.close();
});

const signedIn = () => ({ authorization: `Bearer ${sold.token}` });

type Answer = { readonly data: Record<string, unknown> | null; readonly errors?: object[] };

const post = async (url: string, body: object, headers: Record<string, string> = {}) => {
  const response = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const traceId = String(response.headers['x-trace-id']);
  return { traceId, status: response.statusCode, ...((await response.body.json()) as Answer) };
};

/** The names of all spans on the way from the first of the trace to this one. */
const wayTo = (spans: readonly CollectedSpan[], span: CollectedSpan): string => {
  const parent = spans.find(({ id }) => id === span.parentId);
  return parent ? `${wayTo(spans, parent)} > ${span.name}` : span.name;
};

/** A trace once every way is there, each with its span; the first one begins with `root`, the others follow from it. */
const traceOf = async (traceId: string, ...expected: readonly string[]) => {
  const spans = () => collector.spans().filter((span) => span.traceId === traceId);
  const ways = await until(() => {
    const found = new Map(spans().map((span) => [wayTo(spans(), span), span]));
    return expected.every((way) => found.has(way)) && found;
  });
  return { ways, spans: spans() };
};

const whole = `query Completo($id: ID!) {
  cliente(id: $id) { nome responsavel { nome } oportunidades(first: 1) { totalCount } }
}`;
const door = 'POST /graphql';
const fetching = (subgraph: string, operation = 'query') => `${door} > ${operation} > fetch ${subgraph}`;
const executing = (subgraph: string, operation?: string) =>
  `${fetching(subgraph, operation)} > execute ${subgraph}`;

const waysOfWhole = [
  door,
  `${door} > query`,
  fetching('clientes'),
  fetching('usuarios'),
  fetching('vendas'),
  executing('clientes'),
  executing('usuarios'),
  executing('vendas'),
  `${executing('clientes')} > SELECT cliente`,
  `${executing('usuarios')} > SELECT membro`,
  `${executing('vendas')} > SELECT oportunidade`,
  `${executing('vendas')} > SELECT unnest`,
];

describe('one trace', () => {
  test.each(['split', 'one'] as const)('goes from the door to each statement (%s)', async (way) => {
    const body = { query: whole, variables: { id: sold.clienteId } };
    const { traceId, errors } = await post(urls[way], body, signedIn());
    expect(errors).toBeUndefined();
    const { ways, spans } = await traceOf(traceId, ...waysOfWhole);
    expect([...ways.keys()].sort()).toEqual([...waysOfWhole].sort());
    expect(spans.filter(({ failed }) => failed)).toEqual([]);

    const processes = ['clientes', 'usuarios', 'vendas'].map((name) => ways.get(executing(name))!.service);
    expect(processes).toEqual(
      way === 'one' ? ['tudo', 'tudo', 'tudo'] : ['teia-clientes', 'teia-usuarios', 'teia-vendas'],
    );
    expect(ways.get(door)).toMatchObject({
      kind: 'SERVER',
      parentId: '',
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/graphql',
        'http.response.status_code': 200,
      },
    });
    expect(ways.get(`${door} > query`)?.attributes).toEqual({
      'graphql.operation.type': 'query',
      'graphql.operation.name': 'Completo',
      'teia.graphql.document.sha256': expect.stringMatching(/^[\da-f]{64}$/),
    });
    expect(ways.get(fetching('vendas'))?.kind).toBe('CLIENT');
    expect(ways.get(executing('vendas'))?.kind).toBe('SERVER');
    expect(ways.get(`${executing('vendas')} > SELECT oportunidade`)).toMatchObject({
      kind: 'CLIENT',
      attributes: {
        'db.system.name': 'postgresql',
        'db.operation.name': 'SELECT',
        'db.query.text': expect.stringMatching(/organizacao_id = \$1::uuid/),
        'db.response.returned_rows': 1,
      },
    });
  });

  test('of a mutation goes on with the events it led to', async () => {
    const { traceId, errors } = await post(
      urls.split,
      {
        query: 'mutation ($dados: CriarClienteInput!) { criarCliente(dados: $dados) { id } }',
        variables: { dados: { tipo: 'FISICA', nome: 'Rita' } },
      },
      signedIn(),
    );
    expect(errors).toBeUndefined();
    const clientes = executing('clientes', 'mutation');
    const { ways } = await traceOf(
      traceId,
      ...['BEGIN', 'INSERT cliente', 'WITH', 'COMMIT', 'SELECT cliente'].map(
        (name) => `${clientes} > ${name}`,
      ),
      `${clientes} > process vendas > COMMIT`,
      `${clientes} > process usuarios > INSERT auditoria`,
    );
    expect(ways.get(`${clientes} > process vendas`)).toMatchObject({
      kind: 'CONSUMER',
      attributes: { 'messaging.destination.name': 'vendas', 'teia.event.type': 'ClienteCriado' },
    });
  });

  test('of a login has what runs before there is a Caller, its limits too', async () => {
    const { traceId, errors } = await post(urls.split, {
      query: 'mutation ($dados: EntrarInput!) { entrar(dados: $dados) { tokenAcesso } }',
      variables: { dados: administrador },
    });
    expect(errors).toBeUndefined();
    const usuarios = executing('usuarios', 'mutation');
    await traceOf(
      traceId,
      ...['SELECT usuario', 'BEGIN', 'INSERT sessao', 'COMMIT', 'INSERT tentativa'].map(
        (name) => `${usuarios} > ${name}`,
      ),
    );
  });

  test('of what the router answers by itself ends there', async () => {
    const { traceId } = await post(urls.split, { query: '{ __typename }' });
    const { ways } = await traceOf(traceId, door, `${door} > query`);
    expect(ways.size).toBe(2);
  });

  test('is the client’s, which decides that it is recorded only where the settings say so', async () => {
    const ids = ['1', '2', '3', '4'].map((digit) => digit.repeat(32));
    const caller = 'b7ad6b7169203331';
    const told = (id: string, flags: string) => ({ traceparent: `00-${id}-${caller}-${flags}` });
    const query = { query: '{ __typename }' };
    expect((await post(urls.split, query, told(ids[0]!, '00'))).traceId).toBe(ids[0]);
    expect((await post(urls.split, query, told(ids[1]!, '01'))).traceId).toBe(ids[1]);
    expect(
      (
        await post(
          urls.one,
          { query: whole, variables: { id: sold.clienteId } },
          { ...signedIn(), ...told(ids[2]!, '00') },
        )
      ).traceId,
    ).toBe(ids[2]);
    expect((await post(urls.one, query, told(ids[3]!, '01'))).traceId).toBe(ids[3]);
    for (const id of [ids[0]!, ids[1]!, ids[3]!]) {
      expect((await traceOf(id, door, `${door} > query`)).ways.get(door)?.parentId).toBe(caller);
    }
    // The same process sent what came after it.
    expect(collector.spans().filter(({ traceId }) => traceId === ids[2])).toEqual([]);
  });
});

describe('what is told of a failure', () => {
  test('is its code', async () => {
    const refused = await post(urls.split, { query: '{ clientes { totalCount } }' });
    const { ways } = await traceOf(refused.traceId, door, `${door} > query`, executing('clientes'));
    expect(ways.get(`${door} > query`)).toMatchObject({
      failed: false,
      attributes: { 'teia.error.codes': ['UNAUTHENTICATED'] },
    });
  });

  test('is nothing that anybody typed, and no token', async () => {
    const canarios = {
      nome: 'Canario Nome',
      documento: '52998224725',
      email: 'canario@exemplo.com',
      literal: 'canario-literal',
      senha: 'canario senha comprida',
      cabecalho: 'canario-cabecalho',
    };
    const headers = {
      ...signedIn(),
      'user-agent': canarios.cabecalho,
      baggage: `a=${canarios.cabecalho}`,
      traceparent: `00-${'5'.repeat(32)}-b7ad6b7169203331-01`,
      tracestate: `a=${canarios.cabecalho}`,
      'idempotency-key': canarios.cabecalho,
    };
    const dados = {
      tipo: 'FISICA',
      nome: canarios.nome,
      documento: canarios.documento,
      emails: [canarios.email],
    };
    const criar = 'mutation ($dados: CriarClienteInput!) { criarCliente(dados: $dados) { id } }';
    const literal = `{ clientes(filtro: { busca: "${canarios.literal}" }) { totalCount } cliente(id: "${canarios.documento}") { id } }`;
    const answers = [
      await post(urls.split, { query: criar, variables: { dados } }, headers),
      // Nobody else may have that documento: the database says so, in a message with the values of the row.
      await post(
        urls.split,
        { query: criar, variables: { dados } },
        { ...headers, 'idempotency-key': 'outra-chave' },
      ),
      await post(urls.split, { query: literal }, headers),
      await post(urls.split, {
        query: 'mutation ($dados: EntrarInput!) { entrar(dados: $dados) { tokenAcesso } }',
        variables: { dados: { email: canarios.email, senha: canarios.senha } },
      }),
      await post(urls.split, { query: `{ clientes(${canarios.literal}) ` }, headers),
    ];
    expect(answers.map(({ errors }) => errors?.length ?? 0)).toEqual([0, 1, 0, 1, 1]);
    const last = await post(urls.split, { query: '{ eu { id } }' }, signedIn());
    await traceOf(last.traceId, door, `${executing('usuarios')} > SELECT membro`);
    await until(() => collector.spans().some(({ traceId }) => traceId === '5'.repeat(32)));

    const raw = collector.raw();
    const secrets = [...Object.values(canarios), sold.token, administrador.senha, administrador.email];
    expect(secrets.filter((secret) => raw.includes(secret))).toEqual([]);
  });

  test('of a subgraph that is gone is what the client is told', async () => {
    await killVendas();
    const body = { query: whole, variables: { id: sold.clienteId } };
    const { traceId } = await post(urls.split, body, signedIn());
    const { ways } = await traceOf(
      traceId,
      door,
      `${door} > query`,
      fetching('vendas'),
      executing('clientes'),
    );
    for (const way of [`${door} > query`, fetching('vendas')]) {
      expect(ways.get(way)).toMatchObject({
        failed: true,
        attributes: { 'error.type': 'SUBGRAPH_UNAVAILABLE' },
      });
    }
    expect(ways.get(fetching('clientes'))?.failed).toBe(false);
    expect(ways.get(door)).toMatchObject({ failed: false, attributes: { 'http.response.status_code': 200 } });
  });
});
