import { queryOnce } from '../../../testing/with-client';
import type { Databases } from './prepare-databases';
import { destino, isHandled } from './settings';

type Event = {
  id: string;
  organizacao_id: string;
  agregado_id: string;
  sequencia: string;
  tipo: string;
  correlation_id: string;
};
type Effect = Omit<Event, 'id' | 'tipo'> & { evento_id: string };

const read = async ({ asAdmin }: Databases) => {
  const [clientes, vendas] = [asAdmin('clientes'), asAdmin('vendas')];
  return {
    events: await queryOnce<Event>(
      clientes,
      "SELECT * FROM teia.outbox WHERE agregado_tipo <> 'Auditoria' ORDER BY agregado_id, sequencia",
    ),
    counters: await queryOnce<{ id: string; valor: string }>(
      clientes,
      'SELECT id, valor FROM prova_contador',
    ),
    unpublished: await queryOnce<{ count: number }>(
      clientes,
      `SELECT count(*)::int FROM teia.outbox o WHERE (transacao, id) > coalesce((
         SELECT (transacao, evento_id) FROM teia.entrega e WHERE destino = $1 AND e.agregado_tipo = o.agregado_tipo
       ), ('0'::xid8, $2::uuid))`,
      [destino, '00000000-0000-0000-0000-000000000000'],
    ),
    audited: await queryOnce<{ organizacao_id: string; id: string }>(
      clientes,
      "SELECT organizacao_id, id FROM teia.outbox WHERE agregado_tipo = 'Auditoria' ORDER BY id",
    ),
    records: await queryOnce<{ organizacao_id: string; id: string }>(
      vendas,
      'SELECT organizacao_id, evento_id AS id FROM prova_registro ORDER BY evento_id',
    ),
    effects: await queryOnce<Effect>(vendas, 'SELECT * FROM prova_efeito ORDER BY ordem'),
    told: await queryOnce<{ causation_id: string; correlation_id: string }>(
      vendas,
      `SELECT causation_id, correlation_id FROM teia.outbox
       WHERE causation_id IS NOT NULL AND agregado_tipo <> 'Auditoria'`,
    ),
    cursors: await queryOnce<{ id: string; sequencia: string; evento_id: string }>(
      vendas,
      'SELECT id, sequencia, evento_id FROM teia.agregado_consumido',
    ),
    pending: await queryOnce<{ situacao: string; erro: string; sequencia: string }>(
      vendas,
      'SELECT situacao, erro, agregado_id, sequencia FROM teia.evento_pendente',
    ),
  };
};

const groupBy = <Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> => {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
};

/** Compares what was committed with what came of it. Empty when each change had its effect once, and in order. */
export const findProblems = async (databases: Databases) => {
  const { events, counters, unpublished, audited, records, effects, told, cursors, pending } =
    await read(databases);
  const problems: string[] = [];
  const expectEqual = (what: string, found: unknown, expected: unknown): void => {
    const [is, shouldBe] = [JSON.stringify(found), JSON.stringify(expected)];
    if (is !== shouldBe) problems.push(`${what}: ${is?.slice(0, 400)} instead of ${shouldBe?.slice(0, 400)}`);
  };

  const handled = events.filter(({ tipo }) => isHandled(tipo));
  const aggregates = groupBy(events, ({ agregado_id }) => agregado_id);
  const effectsOf = groupBy(effects, ({ agregado_id }) => agregado_id);
  const toldOf = groupBy(told, ({ causation_id }) => causation_id);
  const cursorOf = new Map(cursors.map((cursor) => [cursor.id, cursor]));
  const changesOf = new Map(counters.map(({ id, valor }) => [id, Number(valor)]));

  expectEqual('events not published', unpublished, [{ count: 0 }]);
  expectEqual('events pending', pending, []);
  expectEqual('number of audit records', audited.length, events.length);
  expectEqual('audit records kept', records, audited);
  expectEqual('aggregates that changed', changesOf.size, aggregates.size);
  expectEqual('aggregates followed', cursors.length, aggregates.size);
  expectEqual('number of effects', effects.length, handled.length);
  expectEqual('number of changes told on', told.length, handled.length);
  for (const [id, changes] of aggregates) {
    expectEqual(
      `sequence of ${id}`,
      changes.map(({ sequencia }) => Number(sequencia)),
      changes.map((_, index) => index + 1),
    );
    expectEqual(`changes of ${id}`, changesOf.get(id), changes.length);
    expectEqual(
      `effects of ${id}`,
      effectsOf
        .get(id)
        ?.map(({ evento_id, sequencia, organizacao_id, correlation_id }) => [
          sequencia,
          evento_id,
          organizacao_id,
          correlation_id,
        ]) ?? [],
      changes
        .filter(({ tipo }) => isHandled(tipo))
        .map((event) => [event.sequencia, event.id, event.organizacao_id, event.correlation_id]),
    );
    const last = changes.at(-1);
    const { sequencia, evento_id } = cursorOf.get(id) ?? {};
    expectEqual(`cursor of ${id}`, [sequencia, evento_id], [last?.sequencia, last?.id]);
  }
  for (const { id, correlation_id } of handled) {
    expectEqual(`told on by ${id}`, toldOf.get(id), [{ causation_id: id, correlation_id }]);
  }
  return { problems: problems.slice(0, 30), events: events.length, effects: effects.length };
};
