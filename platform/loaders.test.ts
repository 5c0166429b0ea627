import { randomUUID } from 'node:crypto';
import { clearLoaders, loaderById, loaderByParent, loaderOfCounts, loaderOfPages } from './loaders';

const [a, b, c] = [randomUUID(), randomUUID(), randomUUID()] as const;
const page = { ordem: 'X', limit: 2, backward: false, from: null };

describe('loaderById', () => {
  it('asks once for all ids of a tick, and answers null for what is missing or no id', async () => {
    const fetch = jest.fn(async (ids: readonly string[]) =>
      ids.filter((id) => id !== b).map((id) => ({ id })),
    );
    const loader = loaderById(fetch);
    expect(await Promise.all([a, b, 'nada', '', a.toUpperCase()].map((id) => loader.load(id)))).toEqual([
      { id: a },
      null,
      null,
      null,
      { id: a },
    ]);
    expect(fetch.mock.calls).toEqual([[[a, b]]]);
  });
});

describe('loaderByParent', () => {
  it('keeps the order of the rows, and gives each parent its own', async () => {
    const rows = [1, 2, 3].map((n) => ({ n, parent: n === 2 ? b : a }));
    const fetch = jest.fn(async () => rows);
    const loader = loaderByParent(fetch, ({ parent }) => parent);
    const [ofA, ofB, ofC] = await Promise.all([a, b, c].map((id) => loader.load(id)));
    expect([ofA, ofB, ofC].map((list) => list?.map(({ n }) => n))).toEqual([[1, 3], [2], []]);
    expect(fetch).toHaveBeenCalledTimes(1);
  });
});

describe('loaderOfPages', () => {
  it('asks once for each set of arguments', async () => {
    const fetch = jest.fn(async (ids: readonly string[]) => ids.map((parent) => ({ parent })));
    const loader = loaderOfPages(fetch, ({ parent }) => parent);
    await Promise.all(
      [a, b].flatMap((id) => [loader.load(id, page), loader.load(id, { ...page, limit: 5 })]),
    );
    expect(fetch).toHaveBeenCalledTimes(2);
    expect(fetch).toHaveBeenCalledWith([a, b], page);
  });
});

test('loaderOfCounts answers 0 for who has none', async () => {
  const loader = loaderOfCounts(async () => [{ id: a, total: 7 }]);
  expect(await Promise.all([a, b].map((id) => loader.load(id)))).toEqual([7, 0]);
});

test('clearLoaders makes all of them read anew', async () => {
  const fetch = jest.fn(async (ids: readonly string[]) => ids.map((id) => ({ id, parent: id })));
  const loaders = { um: loaderById(fetch), muitos: loaderOfPages(fetch, ({ parent }) => parent) };
  const read = () => Promise.all([loaders.um.load(a), loaders.muitos.load(a, page)]);
  await read();
  await read();
  expect(fetch).toHaveBeenCalledTimes(2);
  clearLoaders(loaders);
  await read();
  expect(fetch).toHaveBeenCalledTimes(4);
});
