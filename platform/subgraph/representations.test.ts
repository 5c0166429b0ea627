import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { askingAs } from '../testing/callers';
import { createExecutor } from './execute';

const anonymous = askingAs(null);
const load = jest.fn(({ id }: { id: string }) => ({ id, b: 1 }));
const schema = buildSubgraphSchema([
  {
    typeDefs: parse(
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"]) type Query { a: A } type A @key(fields: "id") { id: ID! b: Int }',
    ),
    resolvers: { A: { __resolveReference: load as never } } as never,
  },
]);
const execute = createExecutor({ name: 'teste', schema, createContext: () => ({}) });
const representations = (count: number) =>
  Array.from({ length: count }, (_, id) => ({ __typename: 'A', id: `${id}` }));

beforeEach(() => load.mockClear());

const query = 'query($r: [_Any!]!) { _entities(representations: $r) { ... on A { b } } }';
const written = (count: number) =>
  `{ _entities(representations: [${'{ __typename: "A", id: "1" } '.repeat(count)}]) { ... on A { b } } }`;

test('1,000 entities are loaded at a time, and not one more, in a variable of any name or in the document', async () => {
  for (const [text, count] of [
    [query, 1_000],
    [written(1_000), 1_000],
  ] as const) {
    const { data, errors } = await execute(
      { query: text, variables: { r: representations(count) } },
      anonymous,
    );
    expect(errors).toBeUndefined();
    expect(data!._entities).toHaveLength(1_000);
  }
  load.mockClear();
  for (const request of [{ query, variables: { r: representations(1_001) } }, { query: written(1_001) }]) {
    expect(await execute(request, anonymous)).toEqual({
      errors: [
        {
          message: 'Peça até 1000 entidades de cada vez.',
          extensions: { code: 'BAD_USER_INPUT', motivo: 'REPRESENTACOES_DEMAIS' },
        },
      ],
    });
  }
  expect(load).not.toHaveBeenCalled();
});

test('each operation of a document is looked at by itself', async () => {
  const entities = '{ _entities(representations: $r) { ... on A { b } } }';
  const query = `query Um($r: [_Any!]!) ${entities} query Outro($o: [_Any!]!) ${entities.replace('$r', '$o')}`;
  for (const [operationName, name] of [
    ['Um', 'r'],
    ['Outro', 'o'],
  ] as const) {
    const variables = { [name]: representations(1_001) };
    const { errors } = await execute({ query, operationName, variables }, anonymous);
    expect(errors?.[0]?.extensions?.motivo).toBe('REPRESENTACOES_DEMAIS');
  }
  expect(load).not.toHaveBeenCalled();
});
