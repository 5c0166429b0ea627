import { type OwnConnection, onOwnConnection } from '../db/own-connection';
import { createTestDatabase } from '../testing/test-database';
import { until } from '../testing/until';
import { withClient } from '../testing/with-client';
import { measureOutbox, readOutbox } from './outbox';
import { manyEvents } from './testing/outbox';

/** A connection that answers with the plan of each statement. */
const explaining = ({ query, ...connection }: OwnConnection, plans: string[]): OwnConnection => ({
  ...connection,
  query: async <Row extends object>(text: string, values?: unknown[]): Promise<Row[]> => {
    const rows = await query<{ 'QUERY PLAN': string }>(`EXPLAIN (ANALYZE) ${text}`, values);
    plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'));
    return [];
  },
});

test('a backlog is read and measured in the order of its index, whether or not it was analyzed', async () => {
  const database = await createTestDatabase('clientes');
  await withClient(database.adminUrl, (admin) => admin.query(manyEvents(30_000)));
  const plans: string[] = [];
  const { stop } = onOwnConnection({
    databaseUrl: database.url,
    name: 'teia-teste',
    channel: 'teste',
    work: async (connection) => {
      const explained = explaining(connection, plans);
      for (let times = 0; times < 2; times += 1) {
        await readOutbox(explained, { destino: 'vendas', agregadoTipo: 'Cliente' });
        await measureOutbox(explained, { destino: 'vendas', agregadoTipo: 'Cliente' });
        await withClient(database.adminUrl, (admin) => admin.query('ANALYZE teia.outbox'));
      }
      await connection.notified(3_600_000);
    },
  });
  await until(() => plans.length === 4);
  await stop();
  await database.drop();
  for (const plan of plans) {
    expect(plan).toMatch(/Index Scan using outbox_agregado_tipo_transacao_id_idx/);
    expect(plan).not.toMatch(/Sort|Seq Scan|Bitmap/);
  }
});
