import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { metrics } from '../metrics';
import { createTestDatabase } from '../testing/test-database';
import { until } from '../testing/until';
import { withClient } from '../testing/with-client';
import type { CloudEvent } from './cloud-event';
import type { EventQueues } from './event-queues';
import { startRelay } from './relay';
import type { Consumers } from './routes';
import { manyEvents, writeEvent } from './testing/outbox';

type Published = { readonly destino: string; readonly events: readonly CloudEvent[] };

const nobodyConsumes = () => Promise.reject(new Error('nobody consumes here'));

let database: Awaited<ReturnType<typeof createTestDatabase>>;
let admin: Client;
let published: Published[];
let relays: { readonly stop: () => Promise<void> }[];

/** Queues that keep what they are given, after whatever a test has happen first. */
const queuesThat = (happens: (batch: Published) => Promise<void> = async () => {}): EventQueues => ({
  publish: async (destino, events) => {
    await happens({ destino, events });
    published.push({ destino, events });
  },
  republish: nobodyConsumes,
  consume: () => ({ stop: nobodyConsumes }),
  close: async () => {},
});

type Given = Partial<Parameters<typeof startRelay>[0]>;

const start = ({ queues = queuesThat(), ...given }: Given = {}) => {
  const consumers: Consumers = { vendas: ['ClienteCriado'] };
  const relay = startRelay({ subgraph: 'clientes', databaseUrl: database.url, queues, consumers, ...given });
  relays.push(relay);
  return relay;
};

const ids = (destino = 'vendas'): string[] =>
  published.filter((batch) => batch.destino === destino).flatMap(({ events }) => events.map(({ id }) => id));

const storedIds = async (): Promise<string[]> =>
  (
    await admin.query("SELECT id FROM teia.outbox WHERE agregado_tipo = 'Cliente' ORDER BY transacao, id")
  ).rows.map(({ id }) => id);

const cutRelays = (client: Client) =>
  client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND application_name LIKE 'teia-relay-%'`);

const relayConnections = async (): Promise<number> =>
  (
    await admin.query(`SELECT FROM pg_stat_activity
      WHERE datname = current_database() AND application_name LIKE 'teia-relay-%'`)
  ).rowCount ?? 0;

beforeEach(async () => {
  database = await createTestDatabase('clientes');
  admin = new Client(database.adminUrl);
  await admin.connect();
  published = [];
  relays = [];
});
afterEach(async () => {
  await Promise.all(relays.map(({ stop }) => stop()));
  await admin.end();
  await database.drop();
});

describe('the relay', () => {
  it('queues what is in the outbox, of every organization and in order, and what comes later', async () => {
    const early = [await writeEvent(admin), await writeEvent(admin)];
    start();
    await until(() => ids().length === 2);
    const late = await writeEvent(admin);
    await until(() => ids().length === 3);
    expect(ids()).toEqual([...early, late]);
  });

  it('is told by the database of each event, and would wait for an hour without', async () => {
    start({ idleMs: 3_600_000 });
    for (let count = 1; count <= 4; count += 1) {
      await writeEvent(admin);
      await until(() => ids().length === count);
    }
  });

  it('gives each domain all events of the kinds of aggregate of which it wants any, and no others', async () => {
    const [cliente, oportunidade] = [
      await writeEvent(admin),
      await writeEvent(admin, { agregadoTipo: 'Oportunidade' }),
    ];
    await writeEvent(admin, { agregadoTipo: 'Funil' });
    start({
      consumers: {
        vendas: ['ClienteCriado', 'ClienteAtualizado'],
        tarefas: ['ClienteCriado', 'OportunidadeGanha'],
        agenda: [],
      },
    });
    await until(() => ids('vendas').length === 1 && ids('tarefas').length === 2);
    expect(ids('vendas')).toEqual([cliente]);
    expect(ids('tarefas').sort()).toEqual([cliente, oportunidade].sort());
    expect(ids('agenda')).toEqual([]);
  });

  it('gives a domain that is new everything from the first event on', async () => {
    await writeEvent(admin);
    const relay = start();
    await until(() => ids().length === 1);
    await relay.stop();
    start({ consumers: { vendas: ['ClienteCriado'], tarefas: ['ClienteCriado'] } });
    await until(() => ids('tarefas').length === 1);
    expect(ids('vendas')).toHaveLength(1);
  });

  it('waits for a transaction that began before and commits late, and jumps over nothing', async () => {
    start();
    await withClient(database.adminUrl, async (slow) => {
      await slow.query('BEGIN');
      const early = await writeEvent(slow);
      const late = await writeEvent(admin);
      await sleep(300);
      expect(ids()).toEqual([]);
      await slow.query('COMMIT');
      await until(() => ids().length === 2);
      expect(ids()).toEqual([early, late]);
    });
  });

  it('finds what was written beside a transaction that notified for both, whichever ends first', async () => {
    start();
    await withClient(database.adminUrl, async (other) => {
      for (const first of [admin, other]) {
        const second = first === admin ? other : admin;
        await admin.query('BEGIN');
        await other.query('BEGIN');
        const written = [await writeEvent(admin), await writeEvent(other)];
        await first.query('COMMIT');
        await sleep(100);
        await second.query('COMMIT');
        await until(() => written.every((id) => ids().includes(id)));
      }
    });
    expect(ids()).toEqual(await storedIds());
  });

  it('waits no longer for one that is rolled back', async () => {
    start();
    await withClient(database.adminUrl, async (slow) => {
      await slow.query('BEGIN');
      await writeEvent(slow);
      const late = await writeEvent(admin);
      await slow.query('ROLLBACK');
      await until(() => ids().length === 1);
      expect(ids()).toEqual([late]);
    });
  });

  it('queues each event once, in the order of the outbox, whatever transactions overlap', async () => {
    start();
    const writers = Array.from({ length: 8 }, () =>
      withClient(database.adminUrl, async (client) => {
        for (let times = 0; times < 15; times += 1) {
          await client.query('BEGIN');
          for (let events = Math.random() * 3; events > 0; events -= 1) await writeEvent(client);
          await sleep(Math.random() * 20);
          await client.query(Math.random() < 0.2 ? 'ROLLBACK' : 'COMMIT');
        }
      }),
    );
    await Promise.all(writers);
    const stored = await storedIds();
    await until(() => ids().length >= stored.length);
    expect(ids()).toEqual(stored);
  });

  it('queues 10,000 events written at once, each once and in order', async () => {
    start();
    await admin.query(manyEvents(10_000));
    await until(() => ids().length >= 10_000);
    expect(ids()).toEqual(await storedIds());
    expect(Math.max(...published.map(({ events }) => events.length))).toBeLessThanOrEqual(500);
  });

  it('works in one process at a time, and in another when that one ends', async () => {
    const first = start();
    await until(async () => (await relayConnections()) === 1);
    await sleep(100);
    let queuedByOthers = 0;
    for (let count = 0; count < 2; count += 1) {
      start({
        queues: queuesThat(async () => {
          queuedByOthers += 1;
        }),
      });
    }
    for (let count = 0; count < 20; count += 1) await writeEvent(admin);
    await until(() => ids().length >= 20);
    expect(queuedByOthers).toBe(0);
    await first.stop();
    await writeEvent(admin);
    await until(() => ids().length >= 21);
    expect(queuedByOthers).toBe(1);
    expect(ids()).toEqual(await storedIds());
  });

  it('queues again what it queued without noting so', async () => {
    let deaths = 0;
    start({
      queues: queuesThat(async ({ events }) => {
        if (deaths > 0) return;
        deaths += 1;
        published.push({ destino: 'vendas', events });
        await cutRelays(admin);
        throw new Error('this relay is dead');
      }),
    });
    const id = await writeEvent(admin);
    await until(() => ids().length === 2);
    expect(ids()).toEqual([id, id]);
    const next = await writeEvent(admin);
    await until(() => ids().length === 3);
    expect(ids()[2]).toBe(next);
  });

  it('goes on by itself after its connection was cut', async () => {
    start();
    const before = await writeEvent(admin);
    await until(() => ids().length === 1);
    await cutRelays(admin);
    const after = await writeEvent(admin);
    await until(() => ids().includes(after));
    // The first comes twice when the cut was between its queue and the note of it.
    expect([...new Set(ids())]).toEqual([before, after]);
  });

  it('tries a queue that fails again, loses nothing, and serves other queues meanwhile', async () => {
    let failures = 0;
    start({
      queues: queuesThat(async ({ destino }) => {
        if (destino !== 'vendas' || failures === 2) return;
        failures += 1;
        throw new Error('the queue is down');
      }),
      consumers: { vendas: ['ClienteCriado'], tarefas: ['ClienteCriado'] },
    });
    const id = await writeEvent(admin);
    await until(() => ids('tarefas').length === 1);
    expect(ids('vendas')).toEqual([]);
    await until(() => ids('vendas').length === 1);
    expect([ids('vendas'), ids('tarefas')]).toEqual([[id], [id]]);
  });

  describe('measures', () => {
    const measured = async (name: string, destino = 'vendas'): Promise<number> => {
      const line = (await metrics.metrics())
        .split('\n')
        .find((text) => text.startsWith(`${name}{subgraph="clientes",destino="${destino}"}`));
      return Number(line?.split(' ')[1] ?? Number.NaN);
    };
    let isDown: boolean;
    beforeEach(() => {
      isDown = true;
      start({
        queues: queuesThat(async () => {
          if (isDown) throw new Error('the queue is down');
        }),
        consumers: { vendas: ['ClienteCriado'], agenda: [] },
      });
    });

    it('what is not queued yet, and how old it is', async () => {
      await writeEvent(admin, { criadoEm: new Date(Date.now() - 60_000) });
      await writeEvent(admin);
      await until(async () => (await measured('teia_outbox_pending')) === 2);
      expect(await measured('teia_outbox_lag_seconds')).toBeGreaterThan(59);
      expect(await measured('teia_outbox_lag_seconds')).toBeLessThan(120);
      expect(await measured('teia_outbox_pending', 'agenda')).toBe(0);
      expect(await measured('teia_outbox_lag_seconds', 'agenda')).toBe(0);
      isDown = false;
      await until(async () => (await measured('teia_outbox_pending')) === 0);
      expect(await measured('teia_outbox_lag_seconds')).toBe(0);
    });

    it('no further than 10,000 events, and their age all the same', async () => {
      await writeEvent(admin, { criadoEm: new Date(Date.now() - 60_000) });
      await admin.query(manyEvents(10_050));
      await until(async () => (await measured('teia_outbox_pending')) === 10_000);
      expect(await measured('teia_outbox_lag_seconds')).toBeGreaterThan(59);
    });
  });

  it('leaves no connection behind', async () => {
    const relay = start();
    await until(async () => (await relayConnections()) === 1);
    await relay.stop();
    await until(async () => (await relayConnections()) === 0);
  });
});
