import { Client } from 'pg';
import type { Caller } from '../../platform/caller';
import { auditAmong, eventsAmong } from '../../platform/events/testing/outbox';
import { aCaller, aRequestInfo, askingAs } from '../../platform/testing/callers';
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
    const outbox = await rowsOf('teia.outbox', caller);
    const [evento, ...outros] = eventsAmong(outbox);
    expect(outros).toEqual([]);
    expect(evento).toMatchObject({
      tipo: 'ClienteCriado',
      agregado_tipo: 'Cliente',
      agregado_id: id,
      sequencia: '1',
      dados: { clienteId: id, responsavelId: null },
      correlation_id: 'correlacao',
    });
    const info = aRequestInfo();
    expect(auditAmong(outbox)).toEqual([
      {
        acao: 'cliente.criar',
        entidade: 'Cliente',
        entidadeId: id,
        campos: expect.arrayContaining(['nome', 'tipo']),
        usuarioId: caller.usuarioId,
        sessaoId: caller.sessaoId,
        ip: info.ip,
        userAgent: info.userAgent,
        requestId: expect.any(String),
      },
    ]);
    expect(JSON.stringify(outbox)).not.toContain('Secreto');
  });

  it('writes nothing of a mutation that fails', async () => {
    const caller = aCaller();
    const documento = '52998224725';
    const comDocumento = `mutation { criarCliente(dados: { tipo: FISICA, nome: "Ana", documento: "${documento}" }) { id } }`;
    await run(caller, comDocumento);
    expect((await run(caller, comDocumento)).errors?.[0]?.extensions?.code).toBe('CONFLICT');
    expect(await rowsOf('cliente', caller)).toHaveLength(1);
    expect(await rowsOf('teia.outbox', caller)).toHaveLength(2);
  });

  it('numbers the events of one aggregate without gap or repetition, however many at once', async () => {
    const caller = aCaller();
    const { id } = await criado(caller, criar, { nome: 'Ana' });
    const anotar = 'mutation ($id: ID!) { adicionarNota(dados: { clienteId: $id, texto: "x" }) { id } }';
    await Promise.all(Array.from({ length: 30 }, () => run(caller, anotar, { id })));
    const outbox = await rowsOf('teia.outbox', caller);
    const numbers = eventsAmong(outbox).map(({ sequencia }) => Number(sequencia));
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 31 }, (_, i) => i + 1));
    expect(auditAmong(outbox)).toHaveLength(31);
  });
});
