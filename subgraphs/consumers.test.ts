import { subgraphs } from '.';
import { consumers } from './consumers';

test('publishers know every subgraph that handles events of others, and which', async () => {
  const handled: Record<string, readonly string[]> = {};
  for (const [name, load] of Object.entries(subgraphs)) {
    const { subscribes } = (await load()).default;
    if (subscribes.length > 0) handled[name] = [...subscribes].sort();
  }
  const known = Object.entries(consumers).map(([name, events]) => [name, [...events].sort()]);
  expect(Object.fromEntries(known)).toEqual(handled);
});
