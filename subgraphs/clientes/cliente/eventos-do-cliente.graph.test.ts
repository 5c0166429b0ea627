import { Client } from 'pg';
import { aCaller, askingAs } from '../../../platform/testing/callers';
import { startSubgraph } from '../../testing/start-subgraph';
import clientes from '..';

let subgraph: Awaited<ReturnType<typeof startSubgraph>>;
let admin: Client;
beforeAll(async () => {
  subgraph = await startSubgraph(clientes);
  admin = new Client(subgraph.database.adminUrl);
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await subgraph.stop();
});

test('`ativo` among the changed fields tells of a reactivation, and of nothing else', async () => {
  const caller = aCaller();
  const id = '$id: ID!';
  const run = async (query: string, variables = {}) => {
    const { data, errors } = await subgraph.execute(query, variables, askingAs(caller));
    expect(errors).toBeUndefined();
    return data as { cliente: { id: string } };
  };
  const criado = await run(
    'mutation { cliente: criarCliente(dados: { tipo: FISICA, nome: "Rosa" }) { id } }',
  );
  const cliente = { id: criado.cliente.id };
  await run(
    `mutation (${id}) { editarCliente(dados: { id: $id, versao: 1, nome: "Ana", etiquetas: ["x"] }) { id } }`,
    cliente,
  );
  await run(`mutation (${id}) { excluirCliente(dados: { id: $id }) { id } }`, cliente);
  await run(`mutation (${id}) { editarCliente(dados: { id: $id, versao: 3, nome: "Eva" }) { id } }`, cliente);
  await run(`mutation (${id}) { reativarCliente(id: $id) { id } }`, cliente);
  await run(`mutation (${id}) { reativarCliente(id: $id) { id } }`, cliente);
  const { rows } = await admin.query(
    `SELECT tipo, dados->'campos' AS campos FROM teia.outbox WHERE agregado_id = $1 ORDER BY sequencia`,
    [cliente.id],
  );
  expect(rows).toEqual([
    { tipo: 'ClienteCriado', campos: null },
    { tipo: 'ClienteAtualizado', campos: ['nome', 'etiquetas'] },
    { tipo: 'ClienteExcluido', campos: null },
    { tipo: 'ClienteAtualizado', campos: ['nome'] },
    { tipo: 'ClienteAtualizado', campos: ['ativo'] },
  ]);
});
