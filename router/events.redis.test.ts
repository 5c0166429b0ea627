import { Redis } from 'ioredis';
import { startRedisServer } from '../platform/testing/redis-server';
import { until } from '../platform/testing/until';
import { asker, sellOnce } from './testing/sell-once';
import { names, type SplitTeia, splitTeia } from './testing/split-teia';

let redis: Awaited<ReturnType<typeof startRedisServer>>;
let split: SplitTeia;
beforeAll(async () => {
  redis = await startRedisServer();
  split = await splitTeia();
});
afterAll(async () => {
  await split.stop();
  await redis.stop();
});

const situacao = '{ oportunidades(first: 1) { edges { node { situacao } } } }';
const excluir = 'mutation ($id: ID!) { excluirCliente(dados: { id: $id }) { id } }';
const reativar = 'mutation ($id: ID!) { reativarCliente(id: $id) { id } }';

/** The names of the queues that Redis has. */
const queuesInRedis = async (): Promise<string[]> => {
  const client = new Redis(redis.url);
  const keys = await client.keys('*:meta');
  client.disconnect();
  return keys;
};

test('with REDIS_URL the processes of several domains hear of each other, also after Redis died', async () => {
  const subgraphs = await Promise.all(names.map((name) => split.serve(name, { REDIS_URL: redis.url })));
  const router = split.route();
  const ask = asker(await router.url());
  const { token, clienteId } = await sellOnce(ask);

  const change = async (mutation: string) =>
    expect((await ask(mutation, { id: clienteId }, token)).errors).toBeUndefined();
  const becomes = (expected: string) =>
    until(async () => {
      const { data } = await ask(situacao, {}, token);
      return (
        JSON.stringify(data?.oportunidades) === JSON.stringify({ edges: [{ node: { situacao: expected } }] })
      );
    });

  await change(excluir);
  await becomes('CANCELADA');
  expect(await queuesInRedis()).toEqual(expect.arrayContaining([expect.stringContaining('vendas')]));

  await redis.kill();
  await change(reativar);
  await redis.start();
  await becomes('ABERTA');

  for (const { end } of [router, ...subgraphs]) expect(await end('SIGTERM')).toBe(0);
}, 120_000);
