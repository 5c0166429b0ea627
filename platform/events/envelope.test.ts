import { CloudEvent as StrictCloudEvent } from 'cloudevents';
import fc from 'fast-check';
import { createTestDatabase } from '../testing/test-database';
import { withClient } from '../testing/with-client';
import { isStorable } from '../text';
import { aggregateOf, type EventName } from './catalogue';
import { type OutboxRow, toCloudEvent } from './envelope';
import { readEnvelope } from './read-envelope';
import { writeEvent } from './testing/outbox';

const row: OutboxRow = {
  id: '0190a000-0000-7000-8000-000000000001',
  organizacao_id: '0190a000-0000-7000-8000-000000000002',
  tipo: 'ClienteExcluido',
  agregado_tipo: 'Cliente',
  agregado_id: '0190a000-0000-7000-8000-000000000003',
  sequencia: '7',
  dados: { clienteId: '0190a000-0000-7000-8000-000000000003', definitivo: true },
  correlation_id: 'pedido-1',
  causation_id: null,
  traceparent: null,
  criado_em: new Date('2026-11-22T12:00:00.123Z'),
};

test('an outbox row becomes an event of CloudEvents 1.0', () => {
  expect(toCloudEvent('clientes', row)).toEqual({
    specversion: '1.0',
    id: row.id,
    source: '/teia/clientes',
    type: 'ClienteExcluido',
    subject: 'Cliente/0190a000-0000-7000-8000-000000000003',
    time: '2026-11-22T12:00:00.123Z',
    datacontenttype: 'application/json',
    data: row.dados,
    sequence: '7',
    sequencetype: 'Integer',
    organizacaoid: row.organizacao_id,
    correlationid: 'pedido-1',
  });
});

test('what led to it goes with it', () => {
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01';
  expect(toCloudEvent('clientes', { ...row, causation_id: row.id, traceparent })).toMatchObject({
    causationid: row.id,
    traceparent,
  });
});

/** What the outbox takes: what can be stored, and not more than it has room for. */
const text = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 500, size: 'max' })
  .filter((made) => isStorable(made) && Buffer.byteLength(made) <= 500);

const rows = fc
  .record({
    id: fc.uuid(),
    organizacao_id: fc.uuid(),
    tipo: fc.constantFrom(...(Object.keys(aggregateOf) as EventName[])),
    agregado_id: fc.uuid(),
    sequencia: fc.bigInt({ min: 1n, max: 10n ** 18n - 1n }).map(String),
    dados: fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()),
    correlation_id: text,
    causation_id: fc.option(text),
    traceparent: fc.option(text),
    criado_em: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') }),
  })
  .map((row) => ({ ...row, agregado_tipo: aggregateOf[row.tipo] }));

test('whatever row of the outbox is published, a consumer can read it', () => {
  fc.assert(
    fc.property(rows, (made) => {
      const event = toCloudEvent('clientes', made);
      expect(readEnvelope(event)).toBe(event);
    }),
  );
});

test('the outbox refuses what no consumer could read, and takes the longest that one can', async () => {
  const database = await createTestDatabase('clientes');
  await withClient(database.adminUrl, async (admin) => {
    for (const unreadable of ['', 'x'.repeat(501), '🦊'.repeat(126)]) {
      await expect(writeEvent(admin, { correlationId: unreadable })).rejects.toMatchObject({ code: '23514' });
    }
    for (const field of ['causationId', 'traceparent']) {
      const given = { [field]: 'x'.repeat(501) };
      await expect(writeEvent(admin, given)).rejects.toMatchObject({ code: '23514' });
    }
    const longest = 'x'.repeat(500);
    await writeEvent(admin, { correlationId: longest, causationId: longest, traceparent: longest });
    await writeEvent(admin, { correlationId: '🦊'.repeat(125) });
    const { rows: stored } = await admin.query<OutboxRow>('SELECT * FROM teia.outbox');
    expect(stored.map((row) => readEnvelope(toCloudEvent('clientes', row)))).not.toContain(null);
  });
  await database.drop();
});

test('the official SDK takes every envelope as strictly as it can, and gives it back the same', () => {
  fc.assert(
    fc.property(rows, (made) => {
      const event = toCloudEvent('clientes', made);
      const strict = new StrictCloudEvent<object>(event, true);
      expect(strict.validate()).toBe(true);
      expect(JSON.parse(JSON.stringify(strict))).toEqual(JSON.parse(JSON.stringify(event)));
    }),
  );
});
