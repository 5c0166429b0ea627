import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { v7 } from 'uuid';
import { PrismaClient } from '../../prisma/clientes/client/client';
import type { Caller } from '../caller';
import { openDatabase } from '../db/open-database';
import { realEnvironment } from '../environment';
import { forbidden, notFound } from '../errors';
import type { OutboxRow } from '../events/envelope';
import { auditAmong } from '../events/testing/outbox';
import { aCaller, askingAs } from '../testing/callers';
import { createTestDatabase } from '../testing/test-database';
import { queryOnce } from '../testing/with-client';
import { createRefusalAudit } from './audit-refusals';
import { createExecutor } from './execute';

const refuse = () => {
  throw forbidden();
};

const schema = buildSubgraphSchema({
  typeDefs: parse(`
    type Query { livre: String segredo(de: String): String cliente: Cliente clientes: [Cliente!] falta: String falha: String }
    type Mutation { mudar: String }
    type Cliente @key(fields: "id") { id: ID! documento: String notas: [Nota] }
    type Fatura @key(fields: "id") { id: ID! }
    type Nota { texto: String }`),
  resolvers: {
    Query: {
      livre: () => 'livre',
      segredo: refuse,
      cliente: () => ({ id: 1, notas: [{}] }),
      clientes: () => [{ id: 1 }, { id: 2 }],
      falta: () => {
        throw notFound('Cliente');
      },
      falha: () => {
        throw Object.assign(new Error('x'), { extensions: { code: 'FORBIDDEN' } });
      },
    },
    Mutation: { mudar: refuse },
    Cliente: { __resolveReference: async () => refuse(), documento: refuse } as never,
    Fatura: { __resolveReference: refuse } as never,
    Nota: { texto: refuse },
  },
});

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let prisma: PrismaClient;
let stop: () => Promise<void>;
beforeAll(async () => {
  database = await createTestDatabase('clientes');
  ({ prisma, stop } = openDatabase<PrismaClient>(PrismaClient, database.url));
});
afterAll(async () => {
  await stop();
  await database.drop();
});

/** A process of the subgraph, whose clock is moved by hand. */
const start = (db = prisma) => {
  let agora = new Date('2026-01-01T00:00:00Z');
  const audit = createRefusalAudit({ db, environment: { ...realEnvironment, agora: () => agora } });
  const execute = createExecutor({
    name: 'teste',
    schema,
    createContext: () => ({}),
    onRefused: audit.refused,
  });
  return {
    ask: (query: string, caller: Caller | null, variables: Record<string, unknown> = {}) =>
      execute({ query, variables }, askingAs(caller)),
    passes: (ms: number) => {
      agora = new Date(agora.getTime() + ms);
    },
    settled: audit.settled,
  };
};

const audited = async ({ organizacaoId }: Caller) =>
  auditAmong(
    await queryOnce<OutboxRow>(
      database.adminUrl,
      `SELECT * FROM teia.outbox WHERE organizacao_id = '${organizacaoId}' ORDER BY criado_em, id`,
    ),
  );
const refusals = async (caller: Caller) => (await audited(caller)).map(({ entidade }) => entidade);

test('what somebody was refused is audited: who, what, when, from where', async () => {
  const { ask, settled } = start();
  const caller = aCaller();
  const { data, errors } = await ask('{ livre segredo }', caller);
  expect(data).toEqual({ livre: 'livre', segredo: null });
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  await settled();
  expect(await audited(caller)).toEqual([
    {
      acao: 'acesso.recusar',
      entidade: 'Query.segredo',
      entidadeId: caller.sessaoId,
      campos: [],
      usuarioId: caller.usuarioId,
      sessaoId: caller.sessaoId,
      ip: '127.0.0.1',
      userAgent: 'jest',
      requestId: expect.any(String),
    },
  ]);
});

test.each([
  ['mutation { mudar }', ['Mutation.mudar']],
  ['{ cliente { documento } }', ['Cliente.documento']],
  ['{ clientes { documento } }', ['Cliente.documento']],
  ['{ ...Q } fragment Q on Query { cliente { notas { ... on Nota { texto } } } }', ['Nota.texto']],
  ['{ cpf52998224725: segredo(de: "52998224725") }', ['Query.segredo']],
  [
    '{ segredo cliente { documento } a: segredo outro: cliente { documento } }',
    ['Query.segredo', 'Cliente.documento'],
  ],
])('of %s the names of the schema', async (query, fields) => {
  const { ask, settled } = start();
  const caller = aCaller();
  await ask(query, caller);
  await settled();
  expect((await refusals(caller)).sort()).toEqual([...fields].sort());
  expect(JSON.stringify(await audited(caller))).not.toContain('52998224725');
});

test('of entities that other parts ask for by their keys, the type', async () => {
  const { ask, settled } = start();
  const caller = aCaller();
  const query =
    'query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }';
  for (const __typename of ['Cliente', 'Fatura']) {
    await ask(query, caller, { representations: [1, 2].map((id) => ({ __typename, id })) });
  }
  await ask(query, caller, { representations: [{ __typename: '52998224725', id: 1 }] });
  await settled();
  expect(await refusals(caller)).toEqual(['Cliente', 'Fatura']);
});

test('nothing else is: not what is missing, what fails, what is allowed, nor what nobody known asks for', async () => {
  const { ask, settled } = start();
  const caller = aCaller();
  await ask('{ falta }', caller);
  await ask('{ falha }', caller);
  await ask('{ livre }', caller);
  await ask('{ naoExiste }', caller);
  await ask('{ segredo }', null);
  await settled();
  expect(await audited(caller)).toEqual([]);
});

test('once a minute for a session and a field, however often it is asked for', async () => {
  const { ask, settled, passes } = start();
  const caller = aCaller();
  const outra = { ...caller, sessaoId: v7() };
  const aliases = Array.from({ length: 2_000 }, (_, i) => `a${i}: segredo`).join(' ');
  await ask(`{ ${aliases} }`, caller);
  await Promise.all(Array.from({ length: 50 }, () => ask('{ segredo }', caller)));
  passes(59_999);
  await ask('{ segredo }', caller);
  await settled();
  expect(await refusals(caller)).toEqual(['Query.segredo']);
  await ask('{ segredo }', outra);
  await ask('mutation { mudar }', caller);
  passes(1);
  await ask('{ segredo }', caller);
  await settled();
  expect((await refusals(caller)).sort()).toEqual(['Mutation.mudar', ...Array(3).fill('Query.segredo')]);
});

test('many at once leave no answer without its refusal, and the database what it can take', async () => {
  const { ask, settled } = start();
  const callers = Array.from({ length: 300 }, () => aCaller());
  const answers = await Promise.all(callers.map((caller) => ask('{ segredo }', caller)));
  for (const { errors } of answers) expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  await settled();
  const counts = await Promise.all(callers.slice(0, 20).map(refusals));
  expect(counts).toEqual(Array(20).fill(['Query.segredo']));
});

test('without a database the answer is the same, and comes at once', async () => {
  const gone = openDatabase<PrismaClient>(PrismaClient, 'postgres://teia_app:x@127.0.0.1:1/nada');
  const { ask, settled } = start(gone.prisma);
  const { errors } = await ask('{ segredo }', aCaller());
  expect(errors).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  await settled();
  await gone.stop();
});

test('what was lost without a database is audited when it is refused again', async () => {
  let isDown = true;
  const flaky = new Proxy(prisma, {
    get: (target, name) => {
      if (isDown) throw new Error('no database');
      return Reflect.get(target, name);
    },
  });
  const { ask, settled } = start(flaky);
  const caller = aCaller();
  await ask('{ segredo }', caller);
  await settled();
  isDown = false;
  for (let i = 0; i < 3; i++) {
    await ask('{ segredo }', caller);
    await settled();
  }
  expect(await refusals(caller)).toEqual(['Query.segredo']);
});

test('what was too much at once is audited when it is refused again', async () => {
  const { ask, settled } = start();
  const callers = Array.from({ length: 200 }, () => aCaller());
  await Promise.all(callers.map((caller) => ask('{ segredo }', caller)));
  await settled();
  const last = callers.slice(-20);
  for (const caller of last) {
    await ask('{ segredo }', caller);
    await settled();
  }
  expect(await Promise.all(last.map(refusals))).toEqual(last.map(() => ['Query.segredo']));
});
