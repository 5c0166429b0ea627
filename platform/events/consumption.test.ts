import { metrics } from '../metrics';
import { createTestDatabase } from '../testing/test-database';
import { until } from '../testing/until';
import { createEventQueues } from './queues';
import { startConsumer } from './testing/consumer';
import { aPlace, eventOf, events } from './testing/places';

let domain: Awaited<ReturnType<typeof startConsumer>>;
let filas: Awaited<ReturnType<typeof createTestDatabase>>;
beforeAll(async () => {
  domain = await startConsumer();
  filas = await createTestDatabase('filas');
});
afterAll(async () => {
  await domain.stop();
  await filas.drop();
});

const measured = async (): Promise<string[]> => (await metrics.metrics()).split('\n');

test('out of a real queue, in disorder and with failures, all take effect in order; what dies is replayed', async () => {
  const queues = createEventQueues({ databaseUrl: filas.url }, { tries: 3, firstRetryMs: 10 });
  const places = [aPlace(), aPlace(), aPlace()] as const;
  const [healthy, flaky, poisoned] = places;
  const failuresLeft = new Map([
    [flaky.clienteId, 2],
    [poisoned.clienteId, 3],
  ]);
  domain.behaviour.around = async (_, { data: { clienteId } }, effect) => {
    await effect();
    const left = failuresLeft.get(clienteId) ?? 0;
    failuresLeft.set(clienteId, left - 1);
    if (left > 0) throw new RangeError('not yet');
  };
  const running = [domain.start(queues), domain.start(queues)];

  const all = places.flatMap((place) => events(place, 8)).reverse();
  await queues.publish('vendas', [...all, ...all.slice(0, 5)]);
  await until(async () => (await domain.pending(poisoned))[0]?.situacao === 'MORTO');
  await until(async () => (await domain.applied(flaky)).length === 8);
  await until(async () => (await domain.pending(poisoned)).length === 8);
  expect(await domain.applied(healthy)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(await domain.applied(flaky)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(await domain.applied(poisoned)).toEqual([]);
  await domain.sweep();
  expect(await measured()).toEqual(
    expect.arrayContaining([
      'teia_events_dead{destino="vendas"} 1',
      'teia_events_waiting{destino="vendas"} 7',
      'teia_events_consumed_total{destino="vendas",type="ClienteAtualizado",outcome="applied"} 16',
      'teia_events_consumed_total{destino="vendas",type="ClienteAtualizado",outcome="dead"} 1',
      'teia_event_latency_seconds_count{destino="vendas"} 16',
    ]),
  );

  await domain.admin.query(
    "UPDATE teia.evento_pendente SET situacao = 'REPROCESSAR' WHERE situacao = 'MORTO'",
  );
  await domain.sweepInto(queues);
  await until(async () => (await domain.pending(poisoned)).length === 0);
  expect(await domain.applied(poisoned)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);

  await Promise.all(running.map(({ stop }) => stop()));
  await queues.close();
});

test('names of events that are not ours do not become labels', async () => {
  await domain.deliver(eventOf(aPlace(), 1, { type: 'QualquerCoisa' }));
  const lines = await measured();
  expect(lines).toContain(
    'teia_events_consumed_total{destino="vendas",type="desconhecido",outcome="dead"} 1',
  );
  expect(lines.join()).not.toContain('QualquerCoisa');
});
