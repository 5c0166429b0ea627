import type { Asking } from '../../platform/caller';
import type { SubgraphLink, SubgraphRequest } from '../../platform/subgraph-link';
import { splitEntities } from './split-entities';

const asking = {} as Asking;
const query =
  'query($representations: [_Any!]!) { _entities(representations: $representations) { ... on A { b } } }';
const representations = Array.from({ length: 7 }, (_, id) => ({ __typename: 'A', id }));

const asked = (link: SubgraphLink, request: SubgraphRequest) =>
  splitEntities(() => link, 3)('a')(request, asking);

test('entities are asked for in parts, and answered with their errors as if they had been asked for at once', async () => {
  const sizes: number[] = [];
  const link: SubgraphLink = async ({ variables }) => {
    const part = variables!.representations as typeof representations;
    sizes.push(part.length);
    return {
      data: { _entities: part.map(({ id }) => ({ b: id })) },
      errors: [{ message: 'x', path: ['_entities', 1, 'b', 0] }],
    };
  };
  // The last part has no second entity, but an error with that place all the same.
  expect(await asked(link, { query, variables: { representations, outra: 1 } })).toEqual({
    data: { _entities: representations.map(({ id }) => ({ b: id })) },
    errors: [1, 4, 7].map((place) => ({ message: 'x', path: ['_entities', place, 'b', 0] })),
  });
  expect(sizes).toEqual([3, 3, 1]);
});

test('a part that is refused leaves its entities empty, and no others', async () => {
  const link: SubgraphLink = async ({ variables }) => {
    const part = variables!.representations as typeof representations;
    return part[0]!.id === 3
      ? { errors: [{ message: 'x' }] }
      : { data: { _entities: part.map(({ id }) => ({ b: id })) } };
  };
  const { data, errors } = await asked(link, { query, variables: { representations } });
  expect(data!._entities).toEqual([{ b: 0 }, { b: 1 }, { b: 2 }, null, null, null, { b: 6 }]);
  expect(errors).toEqual([{ message: 'x' }]);
});

test('a part that does not arrive is the failure of all, as one request would be', async () => {
  const link: SubgraphLink = async () => {
    throw new Error('ECONNREFUSED');
  };
  await expect(asked(link, { query, variables: { representations } })).rejects.toThrow('ECONNREFUSED');
});

test('what is no list of entities, or a short one, goes as it came', async () => {
  const link = jest.fn(async () => ({ data: {} }));
  for (const request of [{ query }, { query, variables: { representations: representations.slice(0, 3) } }]) {
    await asked(link, request);
    expect(link).toHaveBeenLastCalledWith(request, asking);
  }
});

test.each([
  'mutation($representations: [ID!]!) { importar(itens: $representations) { id } }',
  'query($representations: [ID!]!) { escolhidos(ids: $representations, texto: "_entities(") { id } }',
  'query($representations: [ID!]!) { _entities: escolhidos(ids: $representations) { id } }',
])('what a client asks for by a variable of that name is asked for once: %s', async (query) => {
  const link = jest.fn(async () => ({ data: {} }));
  const request = { query, variables: { representations } };
  await asked(link, request);
  expect(link.mock.calls).toEqual([[request, asking]]);
});
