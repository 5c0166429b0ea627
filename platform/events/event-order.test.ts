import fc from 'fast-check';
import type { CloudEvent } from './cloud-event';
import { startConsumer } from './testing/consumer';
import { auditAmong, eventsAmong } from './testing/outbox';
import { aPlace, eventOf, events } from './testing/places';

let consumer: Awaited<ReturnType<typeof startConsumer>>;
beforeAll(async () => {
  consumer = await startConsumer();
});
afterAll(() => consumer.stop());

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

const inGroups = <Item>(items: readonly Item[], size: number): Item[][] =>
  items.length === 0 ? [] : [items.slice(0, size), ...inGroups(items.slice(size), size)];

test('in whatever order, how often and how many at once they come, events take effect once and in order', async () => {
  const processes = [consumer, consumer.open(), consumer.open()] as const;
  const deliveries = fc.record({
    places: fc.constantFrom(1, 2, 3),
    repeated: fc.array(fc.nat(), { maxLength: 10 }),
    order: fc.infiniteStream(fc.nat()),
    atOnce: fc.integer({ min: 1, max: 4 }),
  });
  await fc.assert(
    fc.asyncProperty(deliveries, async ({ places, repeated, order, atOnce }) => {
      const histories = upTo(places).map(() => {
        const place = aPlace();
        return { place, history: events(place, 5) };
      });
      const all = histories.flatMap(({ history }) => history);
      const queue = [...all, ...repeated.map((n) => all[n % all.length] as CloudEvent)];
      const shuffled = queue
        .map((event) => ({ event, rank: order.next().value ?? 0 }))
        .sort((a, b) => a.rank - b.rank)
        .map(({ event }) => event);
      for (const group of inGroups(shuffled, atOnce)) {
        const accepted = await Promise.all(
          group.map((event, index) => consumer.deliver(event, processes[index % 3])),
        );
        expect(accepted).not.toContain(false);
      }
      await consumer.drain();
      for (const { place, history } of histories) {
        expect(await consumer.applied(place)).toEqual(upTo(5));
        expect(await consumer.pending(place)).toEqual([]);
        expect(await consumer.cursor(place)).toEqual({ sequencia: 5, evento_id: history[4]?.id });
      }
    }),
    { numRuns: 15 },
  );
});

test('one event delivered many times at once by several processes takes effect once', async () => {
  const place = aPlace();
  const event = eventOf(place, 1);
  const processes = [consumer, consumer.open(), consumer.open()];
  await Promise.all(upTo(12).map((n) => processes[n % 3]?.handle({ event, attempt: 1, isLast: false })));
  expect(await consumer.applied(place)).toEqual([1]);
});

test('neighbours delivered at once leave none behind', async () => {
  const places = upTo(20).map(aPlace);
  const processes = [consumer, consumer.open()];
  await Promise.all(
    places.flatMap((place) =>
      events(place, 2).map((event, index) => processes[index]?.handle({ event, attempt: 1, isLast: false })),
    ),
  );
  await consumer.drain();
  for (const place of places) expect(await consumer.applied(place)).toEqual([1, 2]);
});

test('an event that came too early is accepted, kept, and republished by the one before it', async () => {
  const place = aPlace();
  const [first, second, third] = events(place, 3) as [CloudEvent, CloudEvent, CloudEvent];
  expect(await consumer.deliver(third)).toBe(true);
  expect(await consumer.deliver(second)).toBe(true);
  expect(await consumer.pending(place)).toEqual([
    { sequencia: 2, situacao: 'ESPERA', tentativas: 0, erro: null },
    { sequencia: 3, situacao: 'ESPERA', tentativas: 0, erro: null },
  ]);
  await consumer.deliver(first);
  expect(consumer.republished).toEqual([second]);
  await consumer.drain();
  expect(await consumer.applied(place)).toEqual([1, 2, 3]);
});

test('an event without a handler moves the order on', async () => {
  const place = aPlace();
  const { clienteId } = place;
  await consumer.deliver(
    eventOf(place, 1, { type: 'ClienteCriado', data: { clienteId, responsavelId: null } }),
  );
  await consumer.deliver(eventOf(place, 2));
  expect(await consumer.applied(place)).toEqual([2]);
});

test('the same aggregate of two organizations has an order in each', async () => {
  const place = aPlace();
  const elsewhere = { ...aPlace(), clienteId: place.clienteId };
  for (const event of [...events(place, 2), eventOf(elsewhere, 1)]) await consumer.deliver(event);
  expect(await consumer.applied(place)).toEqual([1, 2]);
  expect(await consumer.applied(elsewhere)).toEqual([1]);
});

test('an event in the name of another organization waits there and moves nothing here', async () => {
  const place = aPlace();
  const [first, second] = events(place, 2) as [CloudEvent, CloudEvent];
  const forged = { ...second, organizacaoid: aPlace().organizacaoId };
  await consumer.deliver(first);
  await consumer.deliver(forged);
  expect(await consumer.applied(place)).toEqual([1]);
  await consumer.deliver(second);
  expect(await consumer.applied(place)).toEqual([1, 2]);
});

test('a kill between commit and republishing is made up for by the next delivery', async () => {
  const place = aPlace();
  const [first, second] = events(place, 2) as [CloudEvent, CloudEvent];
  await consumer.deliver(second);
  await consumer.handle({ event: first, attempt: 1, isLast: false });
  consumer.republished.length = 0;
  await consumer.deliver(first);
  expect(consumer.republished).toEqual([second]);
  await consumer.drain();
  expect(await consumer.applied(place)).toEqual([1, 2]);
});

test('what a handler records tells which event led to it, and of no person', async () => {
  const place = aPlace();
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  const event = eventOf(place, 1, { traceparent });
  consumer.behaviour.around = async ({ record }, { data: { clienteId } }) =>
    record({
      acao: 'cliente.conhecer',
      entidade: 'Cliente',
      id: clienteId,
      campos: ['ativo'],
      evento: { tipo: 'ClienteAtualizado', dados: { clienteId, campos: ['ativo'] } },
    });
  await consumer.deliver(event);
  consumer.behaviour.around = async (_, __, effect) => {
    await effect();
  };
  const outbox = await consumer.written(place);
  expect(eventsAmong(outbox)).toEqual([
    expect.objectContaining({
      organizacao_id: place.organizacaoId,
      causation_id: event.id,
      correlation_id: event.correlationid,
      traceparent,
      sequencia: '1',
    }),
  ]);
  expect(auditAmong(outbox)).toEqual([
    {
      acao: 'cliente.conhecer',
      entidade: 'Cliente',
      entidadeId: place.clienteId,
      campos: ['ativo'],
      usuarioId: null,
      sessaoId: null,
      ip: null,
      userAgent: null,
      requestId: event.id,
    },
  ]);
  expect(outbox.map(({ causation_id }) => causation_id)).toEqual([event.id, event.id]);
});
