import { createHash } from 'node:crypto';
import * as telemetry from '@apollo/gateway/dist/utilities/opentelemetry';
import { GraphQLError } from 'graphql';
import { notFound } from '../platform/errors';
import type { SubgraphLink } from '../platform/subgraph-link';
import { fakeLinks } from './testing/fake-supergraph';
import { withRouter } from './testing/test-router';

const down: SubgraphLink = async () => {
  throw new Error('connect ECONNREFUSED 10.0.0.7:4003');
};
const internals =
  /ECONNREFUSED|10\.0\.0\.7|interno:4001|serviceName|stack|valueCompletion|vendas|node_modules/;

describe('answers', () => {
  test('one operation across three subgraphs, a reference to nothing being null', () =>
    withRouter(async ({ ask }) => {
      const answer = await ask('{ clientes { nome responsavel { nome } oportunidades { titulo } } }');
      expect(JSON.parse(answer.text)).toEqual({
        data: {
          clientes: [
            {
              nome: 'Cliente 1',
              responsavel: { nome: 'Ana' },
              oportunidades: [{ titulo: 'Oportunidade de 1' }],
            },
            { nome: 'Cliente 2', responsavel: null, oportunidades: [{ titulo: 'Oportunidade de 2' }] },
          ],
        },
      });
      expect(answer.headers['cache-control']).toBe('no-store');
    })());

  test('variables and operation names reach the subgraph', () =>
    withRouter(async ({ post }) => {
      const { data } = await post({
        query:
          'mutation A($n: String!) { criarCliente(dados: { nome: $n }) { nome } } query B { __typename }',
        variables: { n: 'Zoë 🐟 "aspas"' },
        operationName: 'A',
      });
      expect(data).toEqual({ criarCliente: { nome: 'Zoë 🐟 "aspas"' } });
    })());

  test('a persisted query is found once it was sent', () =>
    withRouter(async ({ post }) => {
      const query = '{ cliente(id: 1) { nome } }';
      const sha256Hash = createHash('sha256').update(query).digest('hex');
      const extensions = { persistedQuery: { version: 1, sha256Hash } };
      expect((await post({ extensions })).errors?.[0]?.extensions).toEqual({
        code: 'PERSISTED_QUERY_NOT_FOUND',
      });
      expect((await post({ query, extensions })).data).toEqual({ cliente: { nome: 'Cliente 1' } });
      expect((await post({ extensions })).data).toEqual({ cliente: { nome: 'Cliente 1' } });
      const mismatch = await post({ query: '{ __typename }', extensions });
      expect(mismatch.status).toBe(400);
      expect(mismatch.errors?.[0]?.extensions).toEqual({ code: 'BAD_REQUEST' });
    })());
});

describe('a subgraph that cannot be reached', () => {
  test('costs its branch and one error at the first field it left empty', () =>
    withRouter(
      async ({ ask, logged }) => {
        const { data, errors, text, headers } = await ask(
          '{ clientes { nome vendidas: oportunidades { titulo } } }',
        );
        expect(data).toEqual({
          clientes: [
            { nome: 'Cliente 1', vendidas: null },
            { nome: 'Cliente 2', vendidas: null },
          ],
        });
        expect(errors).toEqual([
          {
            message: 'Parte desta resposta está indisponível no momento. Tente de novo em instantes.',
            path: ['clientes', 0, 'vendidas'],
            extensions: {
              code: 'SUBGRAPH_UNAVAILABLE',
              requestId: headers['x-request-id'],
              traceId: headers['x-trace-id'],
            },
          },
        ]);
        expect(text).not.toMatch(internals);
        expect(logged.join()).toContain('ECONNREFUSED');
      },
      { links: fakeLinks({}, { vendas: down }) },
    )());

  test('and another: their errors come in the same order, whoever fails first', async () => {
    const failingAfter =
      (ms: number): SubgraphLink =>
      async () => {
        await new Promise((resolve) => setTimeout(resolve, ms));
        throw new Error('ECONNREFUSED');
      };
    const paths = async (vendas: number, usuarios: number) => {
      let answered: unknown;
      await withRouter(
        async ({ ask }) => {
          const { errors } = await ask('{ clientes { oportunidades { titulo } responsavel { nome } } }');
          answered = errors?.map(({ path }) => path?.[2]);
        },
        { links: fakeLinks({}, { vendas: failingAfter(vendas), usuarios: failingAfter(usuarios) }) },
      )();
      return answered;
    };
    expect(await paths(0, 40)).toEqual(['oportunidades', 'responsavel']);
    expect(await paths(40, 0)).toEqual(['oportunidades', 'responsavel']);
  });

  test('at the root of the operation leaves the other root fields', () =>
    withRouter(
      async ({ ask }) => {
        const { data, errors } = await ask('{ oportunidades { titulo } cliente(id: 1) { nome } }');
        expect(data).toEqual({ oportunidades: null, cliente: { nome: 'Cliente 1' } });
        expect(errors?.map(({ path }) => path)).toEqual([['oportunidades']]);
      },
      { links: fakeLinks({}, { vendas: down }) },
    )());

  test('with a non-null field empties the nearest nullable one', () =>
    withRouter(
      async ({ ask }) => {
        const { data, errors } = await ask('{ cliente(id: 1) { nome vizinho { pontos } } }');
        expect(data).toEqual({ cliente: { nome: 'Cliente 1', vizinho: null } });
        expect(errors?.map(({ path }) => path)).toEqual([['cliente', 'vizinho', 'pontos']]);
      },
      { links: fakeLinks({}, { vendas: down }) },
    )());
});

describe('errors of a subgraph', () => {
  const failing = (error: unknown) => ({
    links: fakeLinks({
      clientes: {
        Query: {
          falha: () => {
            throw error;
          },
        },
      },
    }),
  });
  const ask = '{ falha(como: "x") }';

  test('with a code of ours keep message, motivo and campos, each campo trimmed to what is ours', () => {
    const error = new GraphQLError('Confira os dados.', {
      extensions: {
        code: 'BAD_USER_INPUT',
        motivo: 'DADOS_INVALIDOS',
        campos: [
          { campo: 'dados.nome', mensagem: 'Informe o nome.', target: { senha: 'x' } },
          { senha: 'x' },
          null,
        ],
        response: { url: 'http://vendas.interno:4001' },
        stacktrace: ['at /app/node_modules/x.js'],
        exception: {},
        http: { status: 418 },
      },
    });
    return withRouter(async (router) => {
      const { status, errors, text } = await router.ask(ask);
      expect(status).toBe(200);
      expect(text).not.toMatch(internals);
      expect(errors).toEqual([
        {
          message: 'Confira os dados.',
          path: ['falha'],
          extensions: {
            code: 'BAD_USER_INPUT',
            motivo: 'DADOS_INVALIDOS',
            campos: [{ campo: 'dados.nome', mensagem: 'Informe o nome.' }],
          },
        },
      ]);
    }, failing(error))();
  });

  test('that are coded pass whole', () =>
    withRouter(
      async (router) => {
        const { errors } = await router.ask(ask);
        expect(errors?.[0]).toEqual({
          path: ['falha'],
          ...notFound('Cliente', 'id').toJSON(),
          locations: undefined,
        });
      },
      failing(notFound('Cliente', 'id')),
    )());

  test.each([
    ['no code', new Error('duplicate key value violates "cliente_pkey" at node_modules/pg')],
    ['a code we do not know', new GraphQLError('node_modules', { extensions: { code: 'P2002' } })],
    [
      'a code of the protocol',
      new GraphQLError('vendas', { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }),
    ],
    ['its own internal error', new GraphQLError('stack', { extensions: { code: 'INTERNAL_SERVER_ERROR' } })],
    ['a code that is no text', new GraphQLError('stack', { extensions: { code: { a: 1 } } })],
  ])('with %s are masked, and logged under the id that the client sees', (_, error) =>
    withRouter(async (router) => {
      const { data, errors, text, headers } = await router.ask(ask.replace('falha', 'apelido: falha'));
      const requestId = headers['x-request-id'];
      expect(data).toEqual({ apelido: null });
      expect(errors).toEqual([
        {
          message: `Erro interno. Informe o código ${requestId} ao suporte.`,
          path: ['apelido'],
          extensions: { code: 'INTERNAL_SERVER_ERROR', requestId },
        },
      ]);
      expect(text).not.toMatch(internals);
      // The subgraph may be anybody's, and its message and the alias may say anything.
      const line = router.logged.find((entry) => entry.includes('unforeseen error'));
      expect(JSON.parse(line!)).toMatchObject({ requestId, subgraph: 'clientes', erro: { tipo: 'object' } });
      expect(line).not.toContain(error.message);
      expect(line).not.toContain('apelido');
    }, failing(error))(),
  );
});

test('requests that fail of one cause before they begin are each told their own id', () => {
  const cause = new Error('postgres://segredo');
  let fail = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = () => reject(cause);
  });
  return withRouter(
    async ({ ask, logged }) => {
      const asked = ['pedido-0001', 'pedido-0002'].map((id) =>
        ask('{ __typename }', {}, { authorization: 'Bearer a.b.c', 'x-request-id': id }),
      );
      setTimeout(fail, 100);
      for (const [i, { status, errors, text }] of (await Promise.all(asked)).entries()) {
        const requestId = `pedido-000${i + 1}`;
        expect(status).toBe(500);
        expect(errors?.[0]?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', requestId });
        expect(text).not.toContain('segredo');
      }
      const unforeseen = logged
        .map((line) => JSON.parse(line))
        .filter(({ msg }) => msg === 'unforeseen error');
      expect(unforeseen.map(({ requestId }) => requestId).sort()).toEqual(['pedido-0001', 'pedido-0002']);
    },
    { jwks: () => failed },
  )();
});

describe('an operation that is wrong', () => {
  const codes = async (answer: Promise<{ errors?: { extensions: Record<string, unknown> }[] }>) =>
    (await answer).errors?.map(({ extensions }) => extensions);

  test("is the client's fault, never an internal error", () =>
    withRouter(async ({ ask, post, logged }) => {
      const two = 'query A { __typename } query B { __typename }';
      expect(await codes(ask(two))).toEqual([{ code: 'OPERATION_RESOLUTION_FAILURE' }]);
      expect(await codes(post({ query: two, operationName: 'C' }))).toEqual([
        { code: 'OPERATION_RESOLUTION_FAILURE' },
      ]);
      expect(await codes(ask('{'))).toEqual([{ code: 'GRAPHQL_PARSE_FAILED' }]);
      expect(await codes(ask('{ nada }'))).toEqual([{ code: 'GRAPHQL_VALIDATION_FAILED' }]);
      expect(await codes(ask('subscription { a }'))).toEqual([{ code: 'BAD_REQUEST' }]);
      const wrong = await ask('query($p: Porte!) { porPorte(porte: $p) { id } }', { p: 'GRND' });
      expect(wrong.status).toBe(400);
      expect(wrong.errors).toMatchObject([
        { extensions: { code: 'BAD_USER_INPUT', campos: [{ campo: 'p' }] } },
      ]);
      expect(wrong.text).not.toContain('GRND');
      expect(await codes(post([{ query: '{ __typename }' }]))).toEqual([{ code: 'BAD_REQUEST' }]);
      expect(await codes(post({}))).toEqual([{ code: 'BAD_REQUEST' }]);
      expect(await codes(post({ query: 1 }))).toEqual([{ code: 'BAD_REQUEST' }]);
      expect(logged.join()).not.toContain('unforeseen');
    })());

  test('is refused when its variables are nested without end, wherever they go', () =>
    withRouter(async ({ ask, post, logged }) => {
      const nested = `${'['.repeat(100_000)}"x"${']'.repeat(100_000)}`;
      const body = `{"query":"query($x: Boolean = true) { cliente(id: 1) @skip(if: $x) { id } }","variables":{"x":${nested}}}`;
      expect(await codes(post(body))).toEqual([{ code: 'BAD_USER_INPUT', motivo: 'PROFUNDIDADE_DEMAIS' }]);
      expect((await ask('{ __typename }', { sobra: [[['x']]] })).errors).toBeUndefined();
      expect(logged.join()).not.toContain('unforeseen');
    })());

  test('with a null where none may be names the variable, also in a directive', () =>
    withRouter(async ({ ask, logged }) => {
      for (const query of [
        'query($x: Porte = GRANDE) { porPorte(porte: $x) { id } }',
        'query($x: Boolean = true) { cliente(id: 1) @skip(if: $x) { id } }',
        'mutation($x: String = "a") { criarCliente(dados: { nome: $x }) { id } }',
      ]) {
        const { status, errors } = await ask(query, { x: null });
        expect(status).toBe(400);
        expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', campos: [{ campo: 'x' }] } }]);
      }
      expect(logged.join()).not.toContain('unforeseen');
    })());

  test('nested as deep as the tokens allow neither crashes nor shows anything', () =>
    withRouter(async ({ ask }) => {
      const levels = 1_600;
      const { text } = await ask(
        `{ cliente(id: 1) ${'{ vizinho '.repeat(levels)} { id } ${'}'.repeat(levels)} }`,
      );
      expect(text.slice(0, 400)).not.toMatch(internals);
      expect((await ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
    })());

  test('a response that an empty entity leaves with nothing carries an error', () =>
    withRouter(
      async ({ ask }) => {
        const { data, errors, extensions, headers } = await ask('{ obrigatorio { pontos } }');
        expect({ data, extensions }).toEqual({ data: null, extensions: undefined });
        expect(errors?.map((error) => error.extensions)).toEqual([
          { code: 'INTERNAL_SERVER_ERROR', requestId: headers['x-request-id'] },
        ]);
      },
      {
        links: fakeLinks({
          clientes: { Query: { obrigatorio: () => ({ id: '1' }) } },
          vendas: { Cliente: { __resolveReference: () => null } },
        }),
      },
    )());
});

describe('in production', () => {
  const production = { production: true };

  test('there is neither landing page nor introspection', () =>
    withRouter(async ({ get, ask }) => {
      const page = await get('/graphql', { accept: 'text/html' });
      expect(page.status).toBe(400);
      expect(page.headers['content-type']).toMatch(/json/);
      expect((await get('/', { accept: 'text/html' })).status).toBe(404);
      for (const query of ['{ __schema { types { name } } }', '{ __type(name: "Cliente") { name } }']) {
        const { status, errors } = await ask(query);
        expect(status).toBe(400);
        expect(errors?.map(({ message }) => message)).toEqual([
          'A introspecção está desativada neste servidor.',
        ]);
      }
      expect((await ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
    }, production)());

  test('no message suggests a name of the schema', () =>
    withRouter(async ({ ask }) => {
      const typos = [
        ask('{ clintes { id } }'),
        ask('{ porPorte(porte: GRND) { id } }'),
        ask('query($p: Porte!) { porPorte(porte: $p) { id } }', { p: 'GRND' }),
        ask('mutation($d: CriarClienteInput!) { criarCliente(dados: $d) { id } }', {
          d: { nme: 'x', nome: 'x' },
        }),
      ];
      for (const { status, text } of await Promise.all(typos)) {
        expect(status).toBe(400);
        expect(text).not.toMatch(/did you mean/i);
      }
    }, production)());

  test('no page of another origin may call it', () =>
    withRouter(async ({ get }) => {
      const { headers } = await get('/graphql', { origin: 'http://localhost:3000' });
      expect(headers['access-control-allow-origin']).toBeUndefined();
    }, production)());
});

test('query plans are never shown', () =>
  withRouter(async ({ ask }) => {
    const { text } = await ask('{ clientes { nome oportunidades { titulo } } }', {}, [
      'apollo-query-plan-experimental',
      '1',
    ]);
    expect(text).not.toMatch(/extensions|QueryPlan|vendas/);
  })());

test('nothing is reported to Apollo, whatever the environment says', async () => {
  const exporter = jest.spyOn(telemetry, 'createDataCollectionExporter');
  const before = { ...process.env };
  try {
    Object.assign(process.env, {
      APOLLO_TELEMETRY_DISABLED: 'false',
      APOLLO_KEY: 'service:x:y',
      APOLLO_GRAPH_REF: 'x@current',
      APOLLO_SCHEMA_REPORTING: 'true',
    });
    const fetched = jest.spyOn(globalThis, 'fetch');
    await withRouter(async ({ ask }) => {
      expect((await ask('{ __typename }')).data).toEqual({ __typename: 'Query' });
    })();
    expect(exporter).not.toHaveBeenCalled();
    expect(fetched).not.toHaveBeenCalled();
  } finally {
    process.env = before;
  }
});

test('a text that is no supergraph does not start', async () => {
  await expect(withRouter(async () => {}, { supergraph: 'type Query { a: Int }' })()).rejects.toThrow();
});
