import { migrateDown, migrateUp } from '../../../platform/db/migrate';
import { createEventApplier } from '../testing/apply-events';
import { startVendas } from '../testing/start-vendas';

let vendas: Awaited<ReturnType<typeof startVendas>>;
beforeAll(async () => {
  vendas = await startVendas();
});
afterAll(() => vendas.stop());

const migration = '20261122120800_clientes_excluidos';

test('taking back what sales knows of Clientes loses no Oportunidade, and opens none', async () => {
  const eventos = createEventApplier(vendas.database.url);
  const { caller, funil } = await vendas.novaOrganizacao();
  const ids: string[] = [];
  for (const definitivo of [false, true]) {
    const clienteId = vendas.conhecer('clientes', caller);
    ids.push((await vendas.criarOportunidade(caller, { funilId: funil.id, clienteId })).id);
    await eventos.criado(caller, clienteId);
    await eventos.excluido(caller, clienteId, definitivo);
  }
  await eventos.stop();
  const { adminUrl } = vendas.database;
  const estado = async () => {
    const { rows } = await vendas.admin.query(
      'SELECT id, situacao, ativo, posicao, encerrada_em FROM oportunidade ORDER BY id',
    );
    return rows;
  };
  const excluida = { situacao: 'ABERTA', ativo: false, posicao: null, encerrada_em: null };

  let takenBack: string[] = [];
  while (!takenBack.includes(migration)) {
    takenBack = await migrateDown({ adminUrl, subgraph: 'vendas', steps: 1 });
  }
  expect(await estado()).toEqual([...ids].sort().map((id) => ({ id, ...excluida })));
  const historico = await vendas.admin.query('SELECT DISTINCT tipo::text FROM historico_oportunidade');
  expect(historico.rows).toEqual([{ tipo: 'CRIADA' }]);

  await migrateUp({ adminUrl, subgraph: 'vendas' });
  expect(await estado()).toEqual([...ids].sort().map((id) => ({ id, ...excluida })));
});
