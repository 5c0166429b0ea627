import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import {
  CriarClienteDocument,
  CriarFunilDocument,
  CriarOportunidadeDocument,
  ExcluirClienteDocument,
} from '../schema/client/graphql';
import { startTeia, type Teia } from './testing/start-teia';

let teia: Teia;
let vendas: Client;
let clientes: Client;
beforeAll(async () => {
  teia = await startTeia({ events: true });
  vendas = new Client(teia.databases.get('vendas')!.adminUrl);
  clientes = new Client(teia.databases.get('clientes')!.adminUrl);
  await Promise.all([vendas.connect(), clientes.connect()]);
});
afterAll(async () => {
  await Promise.all([vendas.end(), clientes.end()]);
  await teia.stop();
});

/** Waits until something is so, or fails with what it was last. */
const eventually = async <Value>(read: () => Promise<Value>, expected: Value): Promise<void> => {
  const deadline = Date.now() + 20_000;
  let last = await read();
  while (JSON.stringify(last) !== JSON.stringify(expected) && Date.now() < deadline) {
    await sleep(20);
    last = await read();
  }
  expect(last).toEqual(expected);
};

const oportunidades = `{ oportunidades(first: 100, ordem: CRIADA_EM_ASC) { edges { node {
  titulo situacao cliente { nome } historico { edges { node { tipo usuario { nome } } } }
} } } }`;
const abertas = '{ oportunidades(first: 0, filtro: { situacao: ABERTA }) { totalCount } }';
const reativar = 'mutation ($id: ID!) { reativarCliente(id: $id) { ativo } }';

/** An organization that sells; what its administrator asks fails the test on any error. */
const organizacao = async () => {
  const { tokenAcesso: token } = await teia.novaOrganizacao();
  const etapas = [{ nome: 'Contato', probabilidade: 10 }];
  const { criarFunil } = await teia.run(CriarFunilDocument, { dados: { nome: 'Vendas', etapas } }, token);
  // biome-ignore lint/suspicious/noExplicitAny: the shape of each answer is what the test asserts
  const data = async (query: string, variables = {}): Promise<any> => {
    const { data, errors } = await teia.ask(query, variables, { authorization: `Bearer ${token}` });
    expect(errors).toBeUndefined();
    return data;
  };
  return {
    data,
    nome: async (nome: string): Promise<string> =>
      (await teia.run(CriarClienteDocument, { dados: { tipo: 'FISICA', nome } }, token)).criarCliente.id,
    vender: (clienteId: string, titulo: string) =>
      teia.run(
        CriarOportunidadeDocument,
        { dados: { titulo, clienteId, funilId: criarFunil.id, valor: { centavos: 100 } } },
        token,
      ),
    excluir: (id: string, definitivo = false) =>
      teia.run(ExcluirClienteDocument, { dados: { id, definitivo } }, token),
    quantasAbertas: async (): Promise<number> => (await data(abertas)).oportunidades.totalCount,
    historias: async (): Promise<unknown[]> =>
      (await data(oportunidades)).oportunidades.edges.map(
        ({ node: { titulo, situacao, cliente, historico } }: never) => [
          titulo,
          situacao,
          (cliente as { nome: string } | null)?.nome ?? null,
          (historico as { edges: { node: { tipo: string; usuario: { nome: string } | null } }[] }).edges.map(
            ({ node }) => `${node.tipo} ${node.usuario?.nome ?? '-'}`,
          ),
        ],
      ),
  };
};

describe('a Cliente that is excluded in its own domain', () => {
  it('leaves the board of sales, comes back with its reactivation, and is forgotten with its erasure', async () => {
    const { nome, vender, excluir, data, quantasAbertas, historias } = await organizacao();
    const [rosa, ivo] = [await nome('Rosa'), await nome('Ivo')];
    await vender(rosa, 'Bolo');
    await vender(ivo, 'Pão');
    const doIvo = ['Pão', 'ABERTA', 'Ivo', ['CRIADA Ana Lúcia']];

    await excluir(rosa);
    await eventually(quantasAbertas, 1);
    expect(await historias()).toEqual([
      ['Bolo', 'CANCELADA', 'Rosa', ['CANCELADA -', 'CRIADA Ana Lúcia']],
      doIvo,
    ]);

    await data(reativar, { id: rosa });
    await eventually(quantasAbertas, 2);

    await excluir(rosa, true);
    const tudo = ['DESVINCULADA -', 'CANCELADA -', 'REABERTA -', 'CANCELADA -', 'CRIADA Ana Lúcia'];
    await eventually(historias, [['Bolo', 'CANCELADA', null, tudo], doIvo]);
  });

  it('has its effect once, among many at once and when all events are told again', async () => {
    const { nome, vender, excluir, quantasAbertas } = await organizacao();
    const ids = await Promise.all(Array.from({ length: 25 }, (_, n) => nome(`Cliente ${n}`)));
    await Promise.all(ids.flatMap((id) => [vender(id, 'a'), vender(id, 'b')]));
    const fica = await nome('Fica');
    await vender(fica, 'c');
    await Promise.all(ids.map((id, n) => excluir(id, n % 2 === 0)));
    await eventually(quantasAbertas, 1);

    /** How often each Oportunidade of the organization was cancelled. */
    const vezes = async (): Promise<number[]> =>
      (
        await vendas.query(
          `SELECT count(*)::int AS n FROM teia.outbox WHERE tipo = 'OportunidadeCancelada'
             AND organizacao_id = (SELECT organizacao_id FROM oportunidade WHERE titulo = 'c')
           GROUP BY dados->>'oportunidadeId'`,
        )
      ).rows.map(({ n }) => n);
    expect(await vezes()).toEqual(Array(50).fill(1));
    await clientes.query('DELETE FROM teia.entrega');
    await excluir(fica);
    await eventually(quantasAbertas, 0);
    expect(await vezes()).toEqual(Array(51).fill(1));
    expect((await vendas.query('SELECT count(*)::int AS n FROM teia.evento_pendente')).rows).toEqual([
      { n: 0 },
    ]);
  });
});
