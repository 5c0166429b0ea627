import { Client } from 'pg';
import type { Caller } from '../../platform/caller';
import { aCaller, askingAs } from '../../platform/testing/callers';
import { startSubgraph } from '../testing/start-subgraph';
import clientes from '.';

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

const criar = 'mutation ($nome: String!) { criarCliente(dados: { tipo: FISICA, nome: $nome }) { id nome } }';

const run = (caller: Caller, query: string, variables: object = {}) =>
  subgraph.execute(query, { ...variables }, askingAs(caller, { correlationId: 'correlacao' }));

const criado = async (...parameters: Parameters<typeof run>) =>
  (await run(...parameters)).data?.criarCliente as { id: string; nome: string };

const rowsOf = async (table: string, { organizacaoId }: Caller) =>
  (await admin.query(`SELECT * FROM ${table} WHERE organizacao_id = $1`, [organizacaoId])).rows;

describe('the unit of work', () => {
  it('writes the change with one event and one audit record, and no personal value in either', async () => {
    const caller = aCaller();
    const { id } = await criado(caller, criar, { nome: 'Nome Secreto' });
    const [evento, ...outros] = await rowsOf('teia.outbox', caller);
    expect(outros).toEqual([]);
    expect(evento).toMatchObject({
      tipo: 'ClienteCriado',
      agregado_tipo: 'Cliente',
      agregado_id: id,
      sequencia: '1',
      dados: { clienteId: id, responsavelId: null },
      correlation_id: 'correlacao',
    });
    const [registro, ...demais] = await rowsOf('teia.auditoria', caller);
    expect(demais).toEqual([]);
    expect(registro).toMatchObject({
      usuario_id: caller.usuarioId,
      sessao_id: caller.sessaoId,
      acao: 'cliente.criar',
      entidade: 'Cliente',
      entidade_id: id,
      ip: '127.0.0.1',
    });
    expect(JSON.stringify([evento, registro])).not.toContain('Secreto');
  });

  it('writes nothing of a mutation that fails', async () => {
    const caller = aCaller();
    const documento = '52998224725';
    const comDocumento = `mutation { criarCliente(dados: { tipo: FISICA, nome: "Ana", documento: "${documento}" }) { id } }`;
    await run(caller, comDocumento);
    expect((await run(caller, comDocumento)).errors?.[0]?.extensions?.code).toBe('CONFLICT');
    expect(await rowsOf('cliente', caller)).toHaveLength(1);
    expect(await rowsOf('teia.outbox', caller)).toHaveLength(1);
    expect(await rowsOf('teia.auditoria', caller)).toHaveLength(1);
  });

  it('numbers the events of one aggregate without gap or repetition, however many at once', async () => {
    const caller = aCaller();
    const { id } = await criado(caller, criar, { nome: 'Ana' });
    const anotar = 'mutation ($id: ID!) { adicionarNota(dados: { clienteId: $id, texto: "x" }) { id } }';
    await Promise.all(Array.from({ length: 30 }, () => run(caller, anotar, { id })));
    const numbers = (await rowsOf('teia.outbox', caller)).map(({ sequencia }) => Number(sequencia));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 31 }, (_, i) => i + 1));
  });
});
