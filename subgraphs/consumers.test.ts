import type { Subgraph } from '../platform/subgraph/define-subgraph';
import { subgraphs } from '.';
import { consumers } from './consumers';

const consuming: Subgraph[] = [];
beforeAll(async () => {
  for (const load of Object.values(subgraphs)) {
    const subgraph = (await load()).default;
    if (subgraph.subscribes.length > 0) consuming.push(subgraph);
  }
});

test('publishers know every subgraph that handles events of others, and which', () => {
  const handled = consuming.map(({ name, subscribes }) => [name, [...subscribes].sort()]);
  const known = Object.entries(consumers).map(([name, events]) => [name, [...events].sort()]);
  expect(Object.fromEntries(known)).toEqual(Object.fromEntries(handled));
});

test('administrators of every subgraph that handles events of others see the dead ones, and can replay them', () => {
  const fields = consuming.map(({ name, schema }) => {
    const domain = name.charAt(0).toUpperCase() + name.slice(1);
    const [queries, mutations] = [schema.getQueryType(), schema.getMutationType()];
    return {
      name,
      lists: `eventosMortosDe${domain}` in (queries?.getFields() ?? {}),
      replays: `reprocessarEventoDe${domain}` in (mutations?.getFields() ?? {}),
    };
  });
  expect(fields.length).toBeGreaterThan(0);
  expect(fields).toEqual(consuming.map(({ name }) => ({ name, lists: true, replays: true })));
});
