import { setTimeout as sleep } from 'node:timers/promises';
import type { CloudEvent } from '../cloud-event';
import type { Delivery, EventQueues } from '../event-queues';
import type { QueueStore } from '../queue-engine';
import { createEventQueues } from '../queues';
import { anEvent } from './cloud-events';

type StoreUnderTest = {
  readonly store: QueueStore;
  /** Cuts every connection that is open now. */
  readonly interrupt: () => Promise<void>;
  readonly drop: () => Promise<void>;
};

const tuning = { firstRetryMs: 20, stalledCheckMs: 200, lockMs: 1_000, tries: 4 };

/** Waits until `count` is reached, and a little longer for what must not come. */
const settle = async (count: () => number, expected: number): Promise<void> => {
  for (let waited = 0; count() < expected && waited < 20_000; waited += 20) await sleep(20);
  await sleep(150);
};

const events = (count: number): CloudEvent[] => Array.from({ length: count }, () => anEvent());

/** What any store of queues has to do. */
export const queueContract = (openStore: () => Promise<StoreUnderTest>): void => {
  let underTest: StoreUnderTest;
  let opened: EventQueues[];
  let delivered: Delivery[];

  const open = () => {
    const queues = createEventQueues(underTest.store, tuning);
    opened.push(queues);
    return queues;
  };
  const collect = async (delivery: Delivery) => {
    delivered.push(delivery);
  };
  const ids = () => delivered.map(({ event }) => event.id).sort();

  beforeEach(async () => {
    underTest = await openStore();
    opened = [];
    delivered = [];
  });
  afterEach(async () => {
    await Promise.all(opened.map((queues) => queues.close()));
    await underTest.drop();
  });

  it('hands over what was published, as it was', async () => {
    const queues = open();
    const published = [
      ...events(2),
      anEvent({ subject: `Cliente/São 🦊 ' " \\ \u2028 ${'x'.repeat(100_000)}` }),
    ];
    queues.consume('vendas', collect);
    await queues.publish('vendas', published);
    await settle(() => delivered.length, 3);
    expect(delivered).toHaveLength(3);
    expect(delivered).toEqual(
      expect.arrayContaining(published.map((event) => ({ event, attempt: 1, isLast: false }))),
    );
  });

  it('takes no events, and one alone', async () => {
    const queues = open();
    await queues.publish('vendas', []);
    await queues.publish('vendas', events(1));
    queues.consume('vendas', collect);
    await settle(() => delivered.length, 1);
    expect(delivered).toHaveLength(1);
  });

  it('keeps the queues of two domains apart', async () => {
    const queues = open();
    const ofVendas = anEvent();
    await queues.publish('vendas', [ofVendas]);
    await queues.publish('clientes', events(1));
    queues.consume('vendas', collect);
    await settle(() => delivered.length, 1);
    expect(ids()).toEqual([ofVendas.id]);
  });

  it('adds an event once while it waits, and anew when it was delivered', async () => {
    const queues = open();
    const [event, other] = [anEvent(), anEvent()];
    await queues.publish('vendas', [event, other, event]);
    await queues.publish('vendas', [event]);
    const consumer = queues.consume('vendas', collect);
    await settle(() => delivered.length, 2);
    expect(ids()).toEqual([event.id, other.id].sort());
    await consumer.stop();
    await queues.publish('vendas', [event]);
    queues.consume('vendas', collect);
    await settle(() => delivered.length, 3);
    expect(delivered).toHaveLength(3);
  });

  it('delivers a republished event again, even while its first delivery is under way', async () => {
    const queues = open();
    const event = anEvent();
    let finish = () => {};
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    queues.consume('vendas', async (delivery) => {
      delivered.push(delivery);
      if (delivered.length === 1) await held;
    });
    await queues.publish('vendas', [event]);
    await settle(() => delivered.length, 1);
    await queues.publish('vendas', [event]);
    await queues.republish('vendas', event);
    await settle(() => delivered.length, 2);
    finish();
    await settle(() => delivered.length, 2);
    expect(ids()).toEqual([event.id, event.id]);
  });

  it('takes again what came out of it, also what is no event', async () => {
    const queues = open();
    const received = ['x', 7, [], {}, { id: null }] as unknown as CloudEvent[];
    for (const event of received) await queues.republish('vendas', event);
    queues.consume('vendas', collect);
    await settle(() => delivered.length, received.length);
    const texts = delivered.map(({ event }) => JSON.stringify(event));
    expect(texts.sort()).toEqual(received.map((event) => JSON.stringify(event)).sort());
  });

  it('takes nothing once it is closed', async () => {
    const queues = open();
    await queues.close();
    await expect(queues.publish('vendas', events(1))).rejects.toThrow('closed');
    await expect(queues.republish('vendas', anEvent())).rejects.toThrow('closed');
  });

  it('tries again, tells the last try, goes on with others, and takes the event anew after it', async () => {
    const queues = open();
    const [poison, other] = [anEvent(), anEvent()];
    queues.consume('vendas', async (delivery) => {
      delivered.push(delivery);
      if (delivery.event.id === poison.id) throw new Error('o CPF 529.982.247-25 é inválido');
    });
    await queues.publish('vendas', [poison, other]);
    await settle(() => delivered.length, 5);
    const triesOf = (id: string) =>
      delivered
        .filter(({ event }) => event.id === id)
        .map(({ attempt, isLast }) => `${attempt}${isLast ? ' last' : ''}`);
    expect(triesOf(other.id)).toEqual(['1']);
    expect(triesOf(poison.id)).toEqual(['1', '2', '3', '4 last']);
    await queues.publish('vendas', [poison]);
    await settle(() => delivered.length, 9);
    expect(delivered).toHaveLength(9);
  });

  it('shares the work between processes, each event to one of them', async () => {
    const [publisher, one, other] = [open(), open(), open()];
    const shares = [0, 0];
    one.consume('vendas', async (delivery) => {
      shares[0]! += 1;
      await collect(delivery);
      await sleep(1);
    });
    other.consume('vendas', async (delivery) => {
      shares[1]! += 1;
      await collect(delivery);
      await sleep(1);
    });
    const published = events(600);
    await publisher.publish('vendas', published);
    await settle(() => delivered.length, 600);
    expect(ids()).toEqual(published.map(({ id }) => id).sort());
    expect(Math.min(...shares)).toBeGreaterThan(0);
  });

  it('waits for the events being handled when a consumer stops, and gives it no more', async () => {
    const queues = open();
    let isDone = false;
    const consumer = queues.consume('vendas', async (delivery) => {
      await collect(delivery);
      await sleep(300);
      isDone = true;
    });
    await queues.publish('vendas', events(1));
    await settle(() => delivered.length, 1);
    await consumer.stop();
    expect(isDone).toBe(true);
    await open().publish('vendas', events(1));
    await sleep(200);
    expect(delivered).toHaveLength(1);
  });

  it('goes on by itself after its connections were cut', async () => {
    const queues = open();
    queues.consume('vendas', collect);
    await queues.publish('vendas', events(1));
    await settle(() => delivered.length, 1);
    await underTest.interrupt();
    const published = events(5);
    for (const event of published) {
      const publish = (): Promise<void> =>
        queues.publish('vendas', [event]).catch(() => sleep(50).then(publish));
      await publish();
    }
    await settle(() => new Set(ids()).size, 6);
    expect(new Set(ids()).size).toBe(6);
  });
};
