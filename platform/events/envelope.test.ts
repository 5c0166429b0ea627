import { CloudEvent as StrictCloudEvent } from 'cloudevents';
import fc from 'fast-check';
import { aggregateOf } from './catalogue';
import { type OutboxRow, toCloudEvent } from './envelope';

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

test('the official SDK takes every envelope as strictly as it can, and gives it back the same', () => {
  const text = fc.string({ unit: 'binary', minLength: 1 });
  const rows = fc.record({
    id: fc.uuid(),
    organizacao_id: fc.uuid(),
    tipo: fc.constantFrom(...Object.keys(aggregateOf)),
    agregado_tipo: fc.constantFrom(...Object.values(aggregateOf)),
    agregado_id: fc.uuid(),
    sequencia: fc.integer({ min: 1, max: 2 ** 31 - 1 }).map(String),
    dados: fc.dictionary(text, fc.jsonValue()),
    correlation_id: text,
    causation_id: fc.option(fc.uuid()),
    traceparent: fc.option(text),
    criado_em: fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('9999-12-31') }),
  });
  fc.assert(
    fc.property(rows, (made) => {
      const event = toCloudEvent('clientes', made);
      const strict = new StrictCloudEvent<object>(event, true);
      expect(strict.validate()).toBe(true);
      expect(JSON.parse(JSON.stringify(strict))).toEqual(JSON.parse(JSON.stringify(event)));
    }),
  );
});
