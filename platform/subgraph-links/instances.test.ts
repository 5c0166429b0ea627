import { until } from '../testing/until';
import { openInstances } from './instances';

/** The instances behind a name, as often as it is looked up. */
const opened = (urls: readonly string[], resolve: () => Promise<readonly string[]>) => {
  const errors: unknown[] = [];
  let lookUps = 0;
  const instances = openInstances(urls, {
    connections: 1,
    now: () => performance.now(),
    onEject: () => {},
    resolve: async () => {
      lookUps += 1;
      return resolve();
    },
    refreshMs: 1,
    onError: (error) => errors.push(error),
  });
  /** Until what is found now has its effect. */
  const later = async () => {
    const before = lookUps;
    await until(() => lookUps > before + 1);
  };
  return { ...instances, errors, later, lookUps: () => lookUps };
};

test('follow the addresses of the name, and stay the same for an address that stays', async () => {
  let found = ['10.0.0.1', '10.0.0.2'];
  const { current, later, close } = opened(['http://vendas:4001/graphql'], async () => found);
  expect(current()).toHaveLength(1);
  await later();
  const [first, second] = current();
  expect(current()).toHaveLength(2);
  found = ['10.0.0.3', '10.0.0.2'];
  await later();
  expect(current()).toHaveLength(2);
  expect(current()).toContain(second);
  expect(current()).not.toContain(first);
  found = ['10.0.0.2'];
  await later();
  expect(current()).toHaveLength(1);
  await close();
});

test('stay what they were while the name cannot be looked up', async () => {
  let isDown = false;
  const { current, errors, later, close } = opened(['http://vendas:4001/graphql'], async () => {
    if (isDown) throw new Error('getaddrinfo EAI_AGAIN vendas');
    return ['10.0.0.1', '10.0.0.2'];
  });
  await later();
  const before = current();
  isDown = true;
  await later();
  expect(current()).toEqual(before);
  expect(errors.length).toBeGreaterThan(0);
  await close();
});

test('are one for each URL, and nothing is looked up for addresses', async () => {
  const urls = ['http://127.0.0.1:4001/graphql', 'http://[::1]:4001/graphql'];
  const { current, lookUps, close } = opened(urls, async () => []);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect([current().length, lookUps()]).toEqual([2, 0]);
  await close();
});

test('are looked up no more once they are closed', async () => {
  const { close, later, lookUps } = opened(['http://vendas:4001/graphql'], async () => []);
  await later();
  await close();
  const before = lookUps();
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(lookUps()).toBe(before);
});
