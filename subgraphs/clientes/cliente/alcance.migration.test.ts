import { migrateDown, migrateUp } from '../../../platform/db/migrate';
import { withClient } from '../../../platform/testing/with-client';
import { startAlcance } from '../testing/start-alcance';

let mundo: Awaited<ReturnType<typeof startAlcance>>;
beforeAll(async () => {
  mundo = await startAlcance();
});
afterAll(() => mundo.stop());

const migration = '20261122031000_alcance';

test('of the terms that were there before, those of documents are told from the others, in every organization', async () => {
  await mundo.novaCarteira();
  await mundo.novaCarteira();
  const { adminUrl } = mundo.database;
  const terms = () =>
    withClient(adminUrl, async (admin) => {
      const { rows } = await admin.query('SELECT * FROM termo_busca ORDER BY cliente_id, termo');
      return rows;
    });
  const before = await terms();
  expect(before.filter(({ do_documento }) => do_documento)).toHaveLength(8);

  let takenBack: string[] = [];
  while (!takenBack.includes(migration)) {
    takenBack = await migrateDown({ adminUrl, subgraph: 'clientes', steps: 1 });
  }
  expect(await terms()).toEqual(before.map(({ do_documento: _, ...term }) => term));

  await migrateUp({ adminUrl, subgraph: 'clientes' });
  const columns = (rows: Record<string, unknown>[]) => rows.map((row) => Object.entries(row).sort());
  expect(columns(await terms())).toEqual(columns(before));
});
