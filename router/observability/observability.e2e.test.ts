import { randomBytes, randomUUID } from 'node:crypto';
import { request } from 'undici';
import { freePort } from '../../platform/testing/free-port';
import { until } from '../../platform/testing/until';
import { queryOnce } from '../../platform/testing/with-client';
import { startCollector } from '../../platform/tracing/testing/collector';
import { EntrarDocument } from '../../schema/client/graphql';
import { names, type SplitTeia, splitTeia } from '../testing/split-teia';

/** A word that is nowhere else. */
const canary = (kind: string) => `canario${kind}${randomBytes(6).toString('hex')}`;

/** What no operator is to read, by what it is. */
const secrets = {
  senha: canary('Senha'),
  senhaErrada: canary('Errada'),
  senhaDoCorreio: canary('Correio'),
  email: canary('email').toLowerCase(),
  outroEmail: canary('outro').toLowerCase(),
  nome: canary('Nome'),
  cpf: '52998224725',
  cpfFormatado: '529.982.247-25',
  telefone: '11987650123',
  etiqueta: canary('Etiqueta'),
  nota: canary('Nota'),
  busca: canary('Busca'),
  literal: canary('Literal'),
  apelido: canary('Apelido'),
  apelidoDoQueFalha: canary('ApelidoFalho'),
  variavelErrada: canary('Variavel'),
  sintaxe: canary('Sintaxe'),
  chaveIdempotencia: canary('Chave'),
  autorizacao: canary('Autorizacao'),
  cookie: canary('Cookie'),
  endereco: canary('Endereco'),
  parametro: canary('Parametro'),
  navegador: canary('Navegador'),
  nomeDaOperacao: canary('Operacao') + 'x'.repeat(64),
  corpo: canary('Corpo'),
};
/** What they may read: the search looks where it says it does. */
const nomeCurto = canary('Buscar');
const administrador = { email: `${secrets.email}@exemplo.com`, senha: secrets.senha };

let split: SplitTeia;
let collector: Awaited<ReturnType<typeof startCollector>>;
/** All that was sent to it, as bytes. */
const traces = () => collector.raw().toString('latin1');
const metricsPorts: Record<string, number> = {};
const subgraphs = new Map<string, Awaited<ReturnType<SplitTeia['serve']>>>();
let router: ReturnType<SplitTeia['route']>;
let url: string;

beforeAll(async () => {
  split = await splitTeia();
  collector = await startCollector();
  for (const name of [...names, 'router']) metricsPorts[name] = await freePort();
  const settings = (name: string) => ({
    METRICS_PORT: String(metricsPorts[name]),
    OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
    OTEL_TRACES_SAMPLER: 'always_on',
  });
  const start = async (name: string) => {
    const ofUsuarios = {
      TEIA_ADMIN_EMAIL: administrador.email,
      TEIA_ADMIN_SENHA: administrador.senha,
      SMTP_URL: `smtp://carteiro:${secrets.senhaDoCorreio}@localhost:1`,
    };
    subgraphs.set(
      name,
      await split.serve(name, { ...settings(name), ...(name === 'usuarios' && ofUsuarios) }),
    );
  };
  await Promise.all(names.map(start));
  router = split.route({ ...settings('router'), DATABASE_URL: split.databaseUrl });
  url = await router.url();
});
afterAll(async () => {
  await split.stop();
  await collector.close();
});

type Body = {
  data?: Record<string, Record<string, string>> | null;
  errors?: { extensions: { code: string } }[];
};

const post = async (body: object | string, headers: Record<string, string> = {}) => {
  const answer = await request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const text = await answer.body.text();
  return { status: answer.statusCode, headers: answer.headers, text, body: JSON.parse(text) as Body };
};
const get = async (path: string, at = new URL(url).origin) => {
  const answer = await request(at + path);
  return { status: answer.statusCode, text: await answer.body.text() };
};
const measured = async (name: string) =>
  (await get('/metrics', `http://localhost:${metricsPorts[name]}`)).text;
const healthOf = async (name: string) => {
  const { status, text } = await get('/health', `http://localhost:${metricsPorts[name]}`);
  return { status, report: JSON.parse(text) };
};
const fieldOf = ({ text, body }: { text: string; body: Body }, field: string): Record<string, string> => {
  const answered = body.data?.[field];
  if (!answered) throw new Error(text);
  return answered;
};
const codes = ({ errors = [] }: Body) => errors.map(({ extensions }) => extensions.code);
const logOf = (process: { readonly output: () => string }): Record<string, unknown>[] =>
  process
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));

const entrar = async (credenciais = administrador) =>
  post({ query: EntrarDocument.toString(), variables: { dados: credenciais } });

/** Sends each secret to where it may be sent, and to where it goes wrong. */
const plant = async () => {
  const { tokenAcesso = '', tokenRenovacao = '' } = fieldOf(await entrar(), 'entrar');
  const authorization = `Bearer ${tokenAcesso}`;
  const ask = (query: string, dados?: object, headers = {}) =>
    post({ query, variables: { dados } }, { authorization, ...headers });

  expect(codes((await entrar({ ...administrador, senha: secrets.senhaErrada })).body)).toEqual([
    'UNAUTHENTICATED',
  ]);
  await post({
    query: 'mutation ($dados: PedirRedefinicaoDeSenhaInput!) { pedirRedefinicaoDeSenha(dados: $dados) }',
    variables: { dados: { email: administrador.email } },
  });
  const criar = 'mutation ($dados: CriarClienteInput!) { criarCliente(dados: $dados) { id } }';
  const cliente = {
    tipo: 'FISICA',
    nome: secrets.nome,
    documento: secrets.cpfFormatado,
    emails: [`${secrets.outroEmail}@exemplo.com`],
    telefones: [`+55${secrets.telefone}`],
    etiquetas: [secrets.etiqueta],
  };
  const headers = {
    'idempotency-key': secrets.chaveIdempotencia,
    cookie: `sessao=${secrets.cookie}`,
    'user-agent': secrets.navegador + 'n'.repeat(2_000),
  };
  const { id: clienteId } = fieldOf(await ask(criar, cliente, headers), 'criarCliente');
  expect(codes((await ask(criar, cliente)).body)).toEqual(['CONFLICT']);

  const anotar = 'mutation ($dados: AdicionarNotaInput!) { adicionarNota(dados: $dados) { id } }';
  expect((await ask(anotar, { clienteId, texto: secrets.nota })).body.errors).toBeUndefined();
  // Something unforeseen, with what was typed in the statement that fails.
  const database = split.adminUrlOf('clientes');
  await queryOnce(database, 'ALTER TABLE nota RENAME TO nota_ausente');
  const comApelido = anotar.replace('adicionarNota(', `${secrets.apelidoDoQueFalha}: adicionarNota(`);
  expect(codes((await ask(comApelido, { clienteId, texto: secrets.nota })).body)).toEqual([
    'INTERNAL_SERVER_ERROR',
  ]);
  await queryOnce(database, 'ALTER TABLE nota_ausente RENAME TO nota');

  await post(
    {
      query: `query ${nomeCurto}($busca: String) { ${secrets.apelido}: clientes(filtro: { busca: $busca }) { totalCount } }`,
      variables: { busca: secrets.busca },
    },
    { authorization },
  );
  await ask(`{ clientes(filtro: { busca: "${secrets.literal}" }) { totalCount } }`);
  await ask(criar, { nome: secrets.variavelErrada, tipo: secrets.variavelErrada });
  await ask(`{ clientes(filtro: { busca: "${secrets.sintaxe} }) { totalCount } }`);
  await ask(`{ campo${secrets.sintaxe} }`);
  await ask(`query ${secrets.nomeDaOperacao} { eu { id } }`);
  await post({ query: '{ eu { id } }', operationName: secrets.nomeDaOperacao }, { authorization });
  await post(`{"query":"${secrets.corpo}`);
  await post({ query: '{ eu { id } }' }, { authorization: `Bearer ${secrets.autorizacao}` });
  await get(`/${secrets.endereco}?token=${secrets.parametro}`);
  await get(`/graphql?query={eu{id}}&token=${secrets.parametro}`);
  const renovar = 'mutation ($dados: RenovarSessaoInput!) { renovarSessao(dados: $dados) { tokenAcesso } }';
  const renovada = await post({ query: renovar, variables: { dados: { tokenRenovacao } } });
  expect(renovada.body.errors).toBeUndefined();
  return { tokenAcesso, tokenRenovacao, assinatura: tokenAcesso.split('.')[2] };
};

const acrossAll =
  '{ clientes(first: 2) { edges { node { responsavel { nome } oportunidades(first: 1) { totalCount } } } } }';

describe('what operators see', () => {
  it('has nothing that is secret or personal, wherever it was sent', async () => {
    const planted = {
      nomeCurto,
      ...secrets,
      ...(await plant()),
      senhaDoBanco: new URL(split.databaseUrl).password,
    };
    // What failed is in the log, and what worked is in traces, before they are looked at.
    await until(() => logOf(subgraphs.get('clientes')!).some(({ msg }) => msg === 'erro imprevisto'));
    expect(logOf(subgraphs.get('clientes')!)).toContainEqual(
      expect.objectContaining({ msg: 'erro imprevisto', campo: 'adicionarNota' }),
    );
    await until(() => traces().includes('INSERT') && traces().includes(nomeCurto));
    const processes = [...subgraphs.values(), router];
    const seen: Record<string, string> = { traces: traces() };
    for (const [i, name] of [...subgraphs.keys(), 'router'].entries()) {
      seen[`log of ${name}`] = processes[i]!.output() + processes[i]!.errors();
      seen[`metrics of ${name}`] = await measured(name);
      seen[`health of ${name}`] = JSON.stringify(await healthOf(name));
    }
    const found = Object.entries(seen).flatMap(([where, text]) =>
      Object.entries(planted)
        .filter(([, value]) => value && text.toLowerCase().includes(value.toLowerCase()))
        .map(([what]) => `${what} in ${where}`),
    );
    expect(found).toEqual(['nomeCurto in traces', 'nomeCurto in log of router']);
  }, 180_000);

  it('has a line for each operation, and the same ids in every process that it came to', async () => {
    const requestId = `pedido-${randomUUID()}`;
    const { tokenAcesso } = fieldOf(await entrar(), 'entrar');
    const answer = await post(
      { query: acrossAll },
      { authorization: `Bearer ${tokenAcesso}`, 'x-request-id': requestId },
    );
    expect(answer.body.errors).toBeUndefined();
    const traceId = answer.headers['x-trace-id'];
    const lineOf = (process: { readonly output: () => string }) =>
      until(() => logOf(process).find((line) => line.requestId === requestId) ?? false);
    expect(await lineOf(router)).toMatchObject({
      traceId,
      status: 200,
      type: 'query',
      hash: expect.stringMatching(/^[\da-f]{64}$/),
      usuarioId: expect.any(String),
      organizacaoId: expect.any(String),
      sessaoId: expect.any(String),
      subgraphs: { clientes: { count: 1 }, vendas: { count: 1 } },
    });
    for (const name of ['clientes', 'vendas']) {
      expect(await lineOf(subgraphs.get(name)!)).toMatchObject({ traceId, subgraph: name, status: 200 });
    }
  });

  it('has the operations of clients, the links to subgraphs and the queues of each process', async () => {
    const ofRouter = await measured('router');
    expect(ofRouter).toMatch(
      /gateway_requests_total\{method="POST",route="Entrar",service="router",status_code="200"\} \d/,
    );
    expect(ofRouter).toMatch(/gateway_requests_total\{method="POST",route="Entrar",service="usuarios",/);
    expect(ofRouter).toMatch(/gateway_request_duration_seconds_bucket\{le="0.1",.*route="Entrar"/);
    for (const name of names) {
      expect(ofRouter).toContain(`gateway_circuit_breaker_state{service="${name}"} 0`);
    }
    expect(ofRouter).toMatch(/gateway_plan_cache_total\{outcome="hit"\} [1-9]/);
    expect(ofRouter).toMatch(
      /gateway_subgraph_fetch_duration_seconds_count\{service="usuarios",outcome="ok"\}/,
    );
    expect(ofRouter).toMatch(/teia_revocations_age_seconds \d/);
    const ofVendas = await measured('vendas');
    for (const name of ['teia_outbox_lag_seconds', 'teia_outbox_pending']) {
      expect(await measured('clientes')).toMatch(new RegExp(`${name}\\{.*destino="vendas"`));
    }
    for (const name of ['teia_events_waiting', 'teia_events_dead']) {
      expect(ofVendas).toMatch(new RegExp(`${name}\\{destino="vendas"\\} 0`));
    }
    for (const name of [...names, 'router'])
      expect(await measured(name)).toContain('process_cpu_seconds_total');
  });

  it('has the health of each process, which is worse by what it lost, and readiness besides', async () => {
    const whole = await until(async () => {
      const { status, report } = await healthOf('router');
      return report.status === 'healthy' && { status, report };
    });
    expect(whole.status).toBe(200);
    expect(Object.keys(whole.report.checks).sort()).toEqual([...names, 'queues', 'revocations'].sort());
    for (const name of names) {
      expect((await healthOf(name)).report).toMatchObject({
        status: 'healthy',
        checks: { database: { status: 'healthy' }, queues: { status: 'healthy' } },
      });
    }
    const atTheDoor = await get('/health');
    expect(Object.keys(JSON.parse(atTheDoor.text)).sort()).toEqual(['status', 'timestamp']);

    const becomes = (wanted: string) =>
      until(async () => {
        const { status, report } = await healthOf('router');
        return report.status === wanted && { status, report };
      });
    await subgraphs.get('vendas')!.end('SIGKILL');
    const less = await becomes('degraded');
    expect(less).toMatchObject({
      status: 200,
      report: { checks: { vendas: { status: 'unhealthy' }, clientes: { status: 'healthy' } } },
    });
    expect((await get('/health/ready')).status).toBe(200);

    await Promise.all([...subgraphs.values()].map(({ end }) => end('SIGKILL')));
    expect((await becomes('unhealthy')).status).toBe(503);
    expect((await get('/health')).status).toBe(503);
    expect((await get('/health/ready')).status).toBe(200);
    expect((await get('/health/live')).status).toBe(200);
  });
});
