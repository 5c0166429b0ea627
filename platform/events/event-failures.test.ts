import fc from 'fast-check';
import { conflict } from '../errors';
import { metrics } from '../metrics';
import type { CloudEvent } from './cloud-event';
import { startConsumer } from './testing/consumer';
import { eventsAmong } from './testing/outbox';
import { aPlace, eventOf, events } from './testing/places';

let consumer: Awaited<ReturnType<typeof startConsumer>>;
beforeAll(async () => {
  consumer = await startConsumer();
});
afterAll(() => consumer.stop());

/** Lets the effects of an event fail that many times, after they were written. */
const failures = new Map<string, { times: number; error: unknown }>();
const failing = (
  event: CloudEvent,
  times: number,
  error: unknown = new TypeError('the CPF 529.982.247-25'),
) => failures.set(event.id, { times, error });

beforeEach(() => {
  failures.clear();
  consumer.republished.length = 0;
  consumer.behaviour.agora = () => new Date();
  consumer.behaviour.republish = async (event) => {
    consumer.republished.push(event);
  };
  consumer.behaviour.around = async (_, event, effect) => {
    await effect();
    const failure = failures.get(event.id);
    if (!failure || failure.times === 0) return;
    failure.times -= 1;
    throw failure.error;
  };
});

const inMinutes = (minutes: number) => () => new Date(Date.now() + minutes * 60_000);

const replayAll = async () => {
  await consumer.admin.query(
    "UPDATE teia.evento_pendente SET situacao = 'REPROCESSAR' WHERE situacao = 'MORTO'",
  );
  await consumer.sweep();
};

test('a handler that fails leaves nothing behind but how often it did, and no value', async () => {
  const place = aPlace();
  const event = eventOf(place, 1);
  failing(event, 1);
  const record = { acao: 'a.b', entidade: 'Cliente', id: place.clienteId, campos: [] };
  const dados = { clienteId: place.clienteId, campos: [] };
  const { around } = consumer.behaviour;
  consumer.behaviour.around = async (transaction, ...rest) => {
    transaction.record({ ...record, evento: { tipo: 'ClienteAtualizado', dados } });
    await around(transaction, ...rest);
  };
  await expect(consumer.handle({ event, attempt: 1, isLast: false })).rejects.toThrow(TypeError);
  expect(await consumer.applied(place)).toEqual([]);
  expect(await consumer.written(place)).toEqual([]);
  expect(await consumer.cursor(place)).toEqual({ sequencia: 0, evento_id: null });
  expect(await consumer.pending(place)).toEqual([
    { sequencia: 1, situacao: 'TENTANDO', tentativas: 1, erro: 'TypeError' },
  ]);
  await consumer.handle({ event, attempt: 2, isLast: false });
  expect(await consumer.applied(place)).toEqual([1]);
  expect(eventsAmong(await consumer.written(place))).toHaveLength(1);
  expect(await consumer.pending(place)).toEqual([]);
});

test('one that fails a few times holds back those behind it, and then all take effect in order', async () => {
  const place = aPlace();
  const [first, second, third] = events(place, 3) as [CloudEvent, CloudEvent, CloudEvent];
  failing(second, 2);
  await consumer.deliver(first);
  await consumer.handle({ event: second, attempt: 1, isLast: false }).catch(() => {});
  await consumer.deliver(third);
  expect(await consumer.applied(place)).toEqual([1]);
  expect(await consumer.deliver(second)).toBe(true);
  await consumer.drain();
  expect(await consumer.applied(place)).toEqual([1, 2, 3]);
});

test('one given up holds back its own aggregate and nobody else, until it is replayed', async () => {
  const place = aPlace();
  const others = [{ ...aPlace(), organizacaoId: place.organizacaoId }, aPlace()];
  const history = events(place, 6);
  const poison = history[1] as CloudEvent;
  failing(poison, 3, conflict('CLIENTE_EXCLUIDO', 'O Cliente Ana de Tal foi excluído.'));
  for (const event of history) await consumer.deliver(event);
  for (const other of others) for (const event of events(other, 3)) await consumer.deliver(event);
  await consumer.drain();
  expect(await consumer.applied(place)).toEqual([1]);
  for (const other of others) expect(await consumer.applied(other)).toEqual([1, 2, 3]);
  expect(await consumer.pending(place)).toEqual([
    { sequencia: 2, situacao: 'MORTO', tentativas: 3, erro: 'CodedError CONFLICT CLIENTE_EXCLUIDO' },
    ...[3, 4, 5, 6].map((sequencia) => ({ sequencia, situacao: 'ESPERA', tentativas: 0, erro: null })),
  ]);
  await consumer.sweep();
  expect(consumer.republished).toEqual([]);
  await replayAll();
  await consumer.drain();
  expect(await consumer.applied(place)).toEqual([1, 2, 3, 4, 5, 6]);
  expect(await consumer.pending(place)).toEqual([]);
});

test('one replayed that fails again is dead again', async () => {
  const place = aPlace();
  const event = eventOf(place, 1);
  failing(event, 6);
  await consumer.deliver(event);
  await replayAll();
  await consumer.drain();
  expect(await consumer.pending(place)).toEqual([
    { sequencia: 1, situacao: 'MORTO', tentativas: 6, erro: 'TypeError' },
  ]);
  await replayAll();
  await consumer.drain();
  expect(await consumer.applied(place)).toEqual([1]);
});

test('a connection killed within a handler fails that try, and the next one has the effect', async () => {
  const place = aPlace();
  const event = eventOf(place, 1);
  const { around } = consumer.behaviour;
  consumer.behaviour.around = async (...parameters) => {
    await around(...parameters);
    await consumer.admin.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
       WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'idle in transaction'`,
    );
    consumer.behaviour.around = around;
  };
  await expect(consumer.handle({ event, attempt: 1, isLast: false })).rejects.toThrow();
  expect(await consumer.applied(place)).toEqual([]);
  await consumer.handle({ event, attempt: 2, isLast: false });
  expect(await consumer.applied(place)).toEqual([1]);
  expect(await consumer.pending(place)).toEqual([]);
});

test('when the queue is away as the next one is to be republished, it is made up for', async () => {
  const place = aPlace();
  const [first, second] = events(place, 2) as [CloudEvent, CloudEvent];
  await consumer.deliver(second);
  consumer.behaviour.republish = () => Promise.reject(new Error('no queue'));
  await expect(consumer.handle({ event: first, attempt: 1, isLast: true })).rejects.toThrow('no queue');
  expect(await consumer.pending(place)).toEqual([
    { sequencia: 2, situacao: 'ESPERA', tentativas: 0, erro: null },
  ]);
  consumer.behaviour.republish = async (event) => {
    consumer.republished.push(event);
  };
  await consumer.sweep();
  expect(consumer.republished).toEqual([]);
  consumer.behaviour.agora = inMinutes(1);
  await consumer.sweep();
  expect(consumer.republished).toEqual([second]);
  await consumer.drain();
  expect(await consumer.applied(place)).toEqual([1, 2]);
});

test('what the queue lost between two tries comes again', async () => {
  const place = aPlace();
  const event = eventOf(place, 1);
  failing(event, 1);
  await consumer.handle({ event, attempt: 1, isLast: false }).catch(() => {});
  consumer.behaviour.agora = inMinutes(29);
  await consumer.sweep();
  expect(consumer.republished).toEqual([]);
  consumer.behaviour.agora = inMinutes(31);
  await consumer.sweep();
  await consumer.drain();
  expect(await consumer.applied(place)).toEqual([1]);
});

test('more than a batch is swept at once, whoever they belong to', async () => {
  const places = Array.from({ length: 120 }, aPlace);
  const dead = places.map((place) => eventOf(place, 1));
  await consumer.admin.query(
    `INSERT INTO teia.evento_pendente (id, organizacao_id, tipo, agregado_tipo, agregado_id, sequencia, envelope,
       situacao, tentativas, erro, criado_em, atualizado_em)
     SELECT (e->>'id')::uuid, (e->>'organizacaoid')::uuid, e->>'type', 'Cliente', (e->'data'->>'clienteId')::uuid, 1,
       e::text, 'MORTO', 3, 'TypeError', now(), now()
     FROM jsonb_array_elements($1::jsonb) e`,
    [JSON.stringify(dead)],
  );
  await replayAll();
  expect(new Set(consumer.republished.map(({ id }) => id)).size).toBe(120);
  await consumer.drain();
  for (const place of places) expect(await consumer.applied(place)).toEqual([1]);
});

test('an event that only a newer version knows is held, and comes again when this is one', async () => {
  const place = aPlace();
  const [first, , third] = events(place, 3) as [CloudEvent, CloudEvent, CloudEvent];
  const newer = eventOf(place, 2, { type: 'ClienteTeletransportado', data: { para: 'Marte' } });
  for (const event of [first, newer, third]) await consumer.deliver(event);
  expect(await consumer.pending(place)).toEqual([
    { sequencia: 2, situacao: 'MORTO', tentativas: 3, erro: 'TIPO_DESCONHECIDO' },
    { sequencia: 3, situacao: 'ESPERA', tentativas: 0, erro: null },
  ]);
  await consumer.sweep();
  expect(consumer.republished).toEqual([]);
  // As if this were the version that has the name.
  const known = { ...newer, type: 'ClienteAtualizado', data: first.data };
  await consumer.admin.query('UPDATE teia.evento_pendente SET tipo = $1, envelope = $2 WHERE id = $3', [
    known.type,
    JSON.stringify(known),
    newer.id,
  ]);
  await consumer.sweep();
  await consumer.drain();
  expect(await consumer.applied(place)).toEqual([1, 2, 3]);
});

test('names that every object has are no names of events', async () => {
  const place = aPlace();
  expect(await consumer.deliver(eventOf(place, 1, { type: 'constructor' }))).toBe(false);
  expect(await consumer.pending(place)).toMatchObject([{ erro: 'TIPO_DESCONHECIDO' }]);
});

describe('what is no event', () => {
  const nobodys = async () =>
    (
      await consumer.admin.query(
        `SELECT envelope, situacao, erro, tipo, agregado_id FROM teia.evento_pendente
         WHERE organizacao_id IS NULL ORDER BY criado_em`,
      )
    ).rows;
  beforeEach(() => consumer.admin.query('DELETE FROM teia.evento_pendente WHERE organizacao_id IS NULL'));

  const event = eventOf(aPlace(), 1);
  const wrong: [string, unknown][] = [
    ['nothing', null],
    ['a text', '{"id": 1}'],
    ['a list', [event]],
    ['no id', { ...event, id: undefined }],
    ['an id that is none', { ...event, id: "'; DROP TABLE efeito" }],
    ['no organization', { ...event, organizacaoid: '' }],
    ['an organization that is none', { ...event, organizacaoid: 'todas' }],
    ['no aggregate', { ...event, subject: 'Cliente' }],
    ['an aggregate of another kind', { ...event, subject: event.subject.replace('Cliente', 'Oportunidade') }],
    ['an aggregate within another', { ...event, subject: `${event.subject}/nota` }],
    ['a sequence from 0', { ...event, sequence: '0' }],
    ['a number as sequence', { ...event, sequence: 1 }],
    ['a sequence beyond what can be counted', { ...event, sequence: '9'.repeat(19) }],
    ['a type that cannot be stored', { ...event, type: 'Cliente\u0000' }],
    ['half a surrogate pair', { ...event, correlationid: '\ud800' }],
    ['data that are none', { ...event, data: 'x' }],
    ['another format', { ...event, specversion: '0.3' }],
    ['something huge', { ...event, correlationid: 'x'.repeat(1_000_000) }],
  ];

  test.each(wrong)("%s is accepted, kept with the dead, and nobody's", async (_, received) => {
    await consumer.handle({ event: received as CloudEvent, attempt: 1, isLast: false });
    await consumer.handle({ event: received as CloudEvent, attempt: 1, isLast: true });
    expect(await nobodys()).toEqual([
      {
        envelope: JSON.stringify(received),
        situacao: 'MORTO',
        erro: 'ENVELOPE_ILEGIVEL',
        tipo: null,
        agregado_id: null,
      },
    ]);
  });

  test('any JSON at all is accepted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue(), async (received) => {
        await consumer.handle({ event: received as never, attempt: 1, isLast: false });
      }),
      { numRuns: 30 },
    );
  });

  test('it can be replayed, and applies when it has become readable', async () => {
    const place = aPlace();
    const future = eventOf(place, 1, { specversion: '2.0' });
    await consumer.deliver(future);
    await replayAll();
    expect(await nobodys()).toEqual([]);
    expect(consumer.republished).toContainEqual(future);
    await consumer.deliver({ ...future, specversion: '1.0' });
    expect(await consumer.applied(place)).toEqual([1]);
  });
});

test('when not even the failure can be kept, an event that was tried for the last time begins anew', async () => {
  const place = aPlace();
  const event = eventOf(place, 1);
  failing(event, 1);
  await consumer.admin.query('REVOKE INSERT ON teia.evento_pendente FROM teia_aplicacao');
  await expect(consumer.handle({ event, attempt: 2, isLast: false })).rejects.toThrow();
  expect(consumer.republished).toEqual([]);
  failing(event, 1);
  await expect(consumer.handle({ event, attempt: 3, isLast: true })).rejects.toThrow();
  await consumer.admin.query('GRANT INSERT ON teia.evento_pendente TO teia_aplicacao');
  expect(consumer.republished).toEqual([event]);
  await consumer.drain();
  expect(await consumer.applied(place)).toEqual([1]);
});

describe('while neither the failure can be kept nor the queue takes the event', () => {
  const refusing = (times: number) => {
    let left = times;
    consumer.behaviour.republish = async (event) => {
      if (left > 0) {
        left -= 1;
        throw new Error('no queue');
      }
      consumer.republished.push(event);
    };
  };
  beforeEach(() =>
    consumer.admin.query('REVOKE INSERT ON teia.evento_pendente FROM teia_aplicacao, teia_eventos'),
  );
  afterEach(() =>
    consumer.admin.query('GRANT INSERT ON teia.evento_pendente TO teia_aplicacao, teia_eventos'),
  );

  test('its last try does not end', async () => {
    const event = eventOf(aPlace(), 1);
    failing(event, 1);
    refusing(2);
    await expect(consumer.handle({ event, attempt: 3, isLast: true })).rejects.toThrow();
    expect(consumer.republished).toEqual([event]);
  });

  test('nor does that of what is no event', async () => {
    const received = eventOf(aPlace(), 1, { specversion: '2.0' });
    refusing(1);
    await expect(consumer.handle({ event: received, attempt: 2, isLast: false })).rejects.toThrow();
    expect(consumer.republished).toEqual([]);
    await expect(consumer.handle({ event: received, attempt: 3, isLast: true })).rejects.toThrow();
    expect(consumer.republished).toEqual([received]);
  });
});

test('what fails after the commit is neither kept nor counted as dead', async () => {
  const deaths = async () => {
    const dead = (await metrics.getMetricsAsJSON()).find(({ name }) => name === 'teia_events_consumed_total');
    return dead?.values.find(({ labels }) => labels.outcome === 'dead')?.value ?? 0;
  };
  const place = aPlace();
  const [first, second] = events(place, 2) as [CloudEvent, CloudEvent];
  await consumer.deliver(second);
  consumer.behaviour.republish = () => Promise.reject(new Error('no queue'));
  const before = await deaths();
  await expect(consumer.handle({ event: first, attempt: 3, isLast: true })).rejects.toThrow('no queue');
  expect(await consumer.applied(place)).toEqual([1]);
  expect(await deaths()).toBe(before);
  const dead = eventOf(aPlace(), 1);
  failing(dead, 3);
  await consumer.deliver(dead);
  expect(await deaths()).toBe(before + 1);
});
