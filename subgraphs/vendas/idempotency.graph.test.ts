import { randomUUID } from 'node:crypto';
import type { SubgraphLinks } from '../../platform/subgraph-link';
import { aCaller, askingAs } from '../../platform/testing/callers';
import { startSubgraph } from '../testing/start-subgraph';
import vendas from '.';

let cliente: { readonly ativo: boolean } | null;
const links: SubgraphLinks = () => async (request) => {
  const { representations } = request.variables as { representations: [{ id: string }] };
  return { data: { _entities: [cliente && { id: representations[0].id, ...cliente }] } };
};

let subgraph: Awaited<ReturnType<typeof startSubgraph>>;
beforeAll(async () => {
  subgraph = await startSubgraph(vendas, { links });
});
afterAll(() => subgraph.stop());

/** An Oportunidade to open, in a new organization. */
const umaVenda = async () => {
  const caller = aCaller();
  const criarFunil =
    'mutation { criarFunil(dados: { nome: "Funil", etapas: [{ nome: "Contato", probabilidade: 1 }] }) { id } }';
  const { data } = await subgraph.execute(criarFunil, {}, askingAs(caller));
  const { criarFunil: funil } = data as { criarFunil: { id: string } };
  const dados = { titulo: 'Venda', valor: { centavos: 1 }, clienteId: randomUUID(), funilId: funil.id };
  const query = 'mutation ($dados: CriarOportunidadeInput!) { criarOportunidade(dados: $dados) { id } }';
  return (chaveIdempotencia: string) =>
    subgraph.execute(query, { dados }, askingAs(caller, { chaveIdempotencia }));
};

describe('criarOportunidade with an Idempotency-Key', () => {
  it.each([{ ativo: false }, null])('is answered again when the Cliente is %j by then', async (later) => {
    const criar = await umaVenda();
    cliente = { ativo: true };
    const first = await criar('chave');
    expect(first.errors).toBeUndefined();
    cliente = later;
    expect(await criar('chave')).toEqual(first);
    expect((await criar('outra')).errors).toHaveLength(1);
  });

  it('is refused again when the Cliente is active by then', async () => {
    const criar = await umaVenda();
    cliente = { ativo: false };
    const first = await criar('chave');
    expect(first.errors?.[0]?.extensions).toMatchObject({ motivo: 'CLIENTE_EXCLUIDO' });
    cliente = { ativo: true };
    expect(await criar('chave')).toEqual(first);
    expect((await criar('outra')).errors).toBeUndefined();
  });
});
