import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLObjectType, parse } from 'graphql';
import type { Caller } from '../caller';
import { badUserInput } from '../errors';
import type { Permission } from '../permissions';
import { aCaller, askingAs, granting } from '../testing/callers';
import { createExecutor } from './execute';
import { guardAccess } from './guard-access';

const calls: string[] = [];
const called =
  <Answer>(name: string, answer: Answer) =>
  (): Answer => {
    calls.push(name);
    return answer;
  };

const cliente = { __typename: 'Cliente', id: '1', nome: 'Ana', documento: '1', vizinho: { id: '2' } };

const schema = buildSubgraphSchema({
  typeDefs: parse(`
    extend schema @link(
      url: "https://specs.apollo.dev/federation/v2.9"
      import: ["@key", "@authenticated", "@requiresScopes"]
    )
    type Query {
      aberto: Painel
      eu: String @authenticated
      cliente: Cliente @requiresScopes(scopes: [["clientes:ler"]])
      arriscado(a: Int): Cliente @requiresScopes(scopes: [["clientes:ler", "vendas:ler"]])
      algum: Algum
    }
    type Mutation { criar: Cliente @requiresScopes(scopes: [["clientes:escrever", "clientes:ler"]]) }
    union Algum = Nota | Painel
    type Painel { clientes: [Cliente!] nota: Nota total: Int @authenticated }
    type Nota { texto: String @requiresScopes(scopes: [["clientes:ler"]]) }
    type Cliente @key(fields: "id") {
      id: ID!
      nome: String @requiresScopes(scopes: [["clientes:ler"]])
      vizinho: Cliente @requiresScopes(scopes: [["clientes:ler"]])
      documento: String @requiresScopes(scopes: [["clientes:ler", "clientes:verDocumento"]])
    }
    type Usuario @key(fields: "id") { id: ID! vendas: Int @requiresScopes(scopes: [["vendas:ler"]]) eco: Int }`),
  resolvers: {
    Query: {
      aberto: () => ({ clientes: [cliente], nota: { texto: 'x' }, total: 1 }),
      eu: () => 'eu',
      cliente: called('cliente', cliente),
      arriscado: () => {
        throw badUserInput([{ campo: 'a', mensagem: 'Não.' }]);
      },
      algum: () => ({ __typename: 'Nota', texto: 'x' }),
    },
    Mutation: { criar: called('criar', cliente) },
    Cliente: { __resolveReference: called('load', Promise.resolve(cliente)) },
    Usuario: { vendas: () => 3, eco: () => 4 },
  } as never,
});
guardAccess(schema);

const execute = createExecutor({ name: 'teste', schema, createContext: ({ caller }) => ({ caller }) });
const allowed = (...names: Permission[]) => aCaller({ permissoes: granting(names) });
const ask = async (query: string, caller: Caller | null, variables = {}) => {
  calls.length = 0;
  const { data, errors = [] } = await execute({ query, variables }, askingAs(caller));
  return { data, refused: errors.map(({ path, extensions }) => [path?.join('.'), extensions?.code]) };
};
const references = (...names: string[]) => ({
  representations: names.map((__typename) => ({ __typename, id: '1' })),
});
const entities =
  'query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Cliente { id } ... on Usuario { id vendas eco } } }';

describe('a declared field', () => {
  it('is not resolved for anonymous', async () => {
    expect(await ask('{ cliente { id } }', null)).toEqual({
      data: { cliente: null },
      refused: [['cliente', 'UNAUTHENTICATED']],
    });
    expect(calls).toEqual([]);
  });

  it.each([[[]], [['clientes:escrever']], [['clientes:ler', 'vendas:ler']]] as Permission[][][])(
    'that writes does nothing for who may only %j',
    async (names) => {
      expect(await ask('mutation { criar { id } }', allowed(...names))).toEqual({
        data: { criar: null },
        refused: [['criar', 'FORBIDDEN']],
      });
      expect(calls).toEqual([]);
    },
  );

  it('is resolved for who has all that it takes', async () => {
    const { data } = await ask(
      'mutation { criar { nome vizinho { id } } }',
      allowed('clientes:escrever', 'clientes:ler'),
    );
    expect(data).toEqual({ criar: { nome: 'Ana', vizinho: { id: '2' } } });
  });

  it('is checked before its arguments', async () => {
    const query = '{ arriscado(a: 1) { id } }';
    expect((await ask(query, allowed('clientes:ler'))).refused).toEqual([['arriscado', 'FORBIDDEN']]);
    expect((await ask(query, allowed('clientes:ler', 'vendas:ler'))).refused).toEqual([
      ['arriscado', 'BAD_USER_INPUT'],
    ]);
  });

  it('takes no permission if it only asks who it is', async () => {
    expect((await ask('{ eu }', null)).refused).toEqual([['eu', 'UNAUTHENTICATED']]);
    expect((await ask('{ eu }', allowed())).data).toEqual({ eu: 'eu' });
  });

  it('takes more than what leads to it, if it says so', async () => {
    expect(await ask('{ cliente { nome documento } }', allowed('clientes:ler'))).toEqual({
      data: { cliente: { nome: 'Ana', documento: null } },
      refused: [['cliente.documento', 'FORBIDDEN']],
    });
  });

  it.each([
    [
      'an open field',
      '{ aberto { nota { texto } clientes { id nome } total } }',
      ['aberto.nota.texto', 'aberto.clientes.0.nome'],
    ],
    ['one of several types', '{ algum { ... on Nota { texto } } }', ['algum.texto']],
  ])('is refused by itself where %s led to it', async (_, query, refused) => {
    expect((await ask(query, allowed())).refused.map(([path]) => path).sort()).toEqual([...refused].sort());
    expect((await ask(query, allowed('clientes:ler'))).refused).toEqual([]);
  });
});

describe('a reference', () => {
  it.each([
    ['anonymous', null, 'UNAUTHENTICATED'],
    ['who may see none of its fields', allowed('clientes:verDocumento', 'vendas:ler'), 'FORBIDDEN'],
  ])('to an own entity is not loaded for %s', async (_, caller, code) => {
    expect(await ask(entities, caller, references('Usuario', 'Cliente'))).toMatchObject({
      data: { _entities: [{ id: '1', eco: 4 }, null] },
      refused: expect.arrayContaining([['_entities.1', code]]),
    });
    expect(calls).toEqual([]);
  });

  it('to an own entity is loaded for who may see what all of its fields take', async () => {
    expect((await ask(entities, allowed('clientes:ler'), references('Cliente'))).data).toEqual({
      _entities: [{ id: '1' }],
    });
  });

  it('to another`s entity is refused field by field', async () => {
    expect(await ask(entities, null, references('Usuario', 'Usuario'))).toEqual({
      data: {
        _entities: [
          { id: '1', vendas: null, eco: 4 },
          { id: '1', vendas: null, eco: 4 },
        ],
      },
      refused: [
        ['_entities.0.vendas', 'UNAUTHENTICATED'],
        ['_entities.1.vendas', 'UNAUTHENTICATED'],
      ],
    });
  });
});

test('what was shown on the way is not checked again', () => {
  const guarded = buildSubgraphSchema({
    typeDefs: parse(`
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@requiresScopes"])
      type Query { notas: Pagina @requiresScopes(scopes: [["clientes:ler"]]) }
      type Pagina { itens: [Nota!] total: Int }
      type Nota {
        texto: String @requiresScopes(scopes: [["clientes:ler"]])
        segredo: String @requiresScopes(scopes: [["clientes:ler", "clientes:verDocumento"]])
        anterior: Nota @requiresScopes(scopes: [["clientes:ler"]])
      }`),
  });
  guardAccess(guarded);
  const { texto, segredo, anterior } = (guarded.getType('Nota') as GraphQLObjectType).getFields();
  expect([texto?.resolve, anterior?.resolve]).toEqual([undefined, undefined]);
  expect(segredo?.resolve).toBeDefined();
});
