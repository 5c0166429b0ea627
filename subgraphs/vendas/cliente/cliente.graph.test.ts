import { randomUUID } from 'node:crypto';
import type { Caller } from '../../../platform/caller';
import { permissionNames } from '../../../platform/permissions';
import { aCaller, granting } from '../../../platform/testing/callers';
import { countStatements } from '../../../platform/testing/count-statements';
import { startVendas } from '../testing/start-vendas';

let vendas: Awaited<ReturnType<typeof startVendas>>;
beforeAll(async () => {
  vendas = await startVendas();
});
afterAll(() => vendas.stop());

const porCliente = (fields: string) =>
  `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Cliente { ${fields} } } }`;

const doCliente = async (caller: Caller, ids: readonly string[], fields: string) => {
  const representations = ids.map((id) => ({ __typename: 'Cliente', id }));
  return (await vendas.data(caller, porCliente(fields), { representations }))._entities;
};

const pagina = (args: string) => `oportunidades${args} {
  edges { cursor node { titulo etapa { nome } } } pageInfo { hasNextPage } totalCount
}`;

type Edge = { cursor: string; node: { titulo: string } };
const titulos = ({ oportunidades }: { oportunidades: { edges: Edge[] } }) =>
  oportunidades.edges.map(({ node }) => node.titulo);

const ganhar = 'mutation ($id: ID!) { ganharOportunidade(dados: { id: $id }) { id } }';
const excluir = 'mutation ($id: ID!) { excluirOportunidade(dados: { id: $id }) { id } }';

describe('the Oportunidades of a Cliente', () => {
  it('come newest first, a page at a time, without the excluded', async () => {
    const { caller, funil } = await vendas.novaOrganizacao();
    const clienteId = vendas.conhecer('clientes', caller);
    for (const titulo of ['a', 'b', 'c', 'd']) {
      const { id } = await vendas.criarOportunidade(caller, { funilId: funil.id, clienteId, titulo });
      if (titulo === 'b') await vendas.data(caller, excluir, { id });
      if (titulo === 'c') await vendas.data(caller, ganhar, { id });
    }
    await vendas.criarOportunidade(caller, { funilId: funil.id, titulo: 'de outro' });
    const [first] = await doCliente(caller, [clienteId], pagina('(first: 2)'));
    expect(titulos(first)).toEqual(['d', 'c']);
    expect(first.oportunidades).toMatchObject({ pageInfo: { hasNextPage: true }, totalCount: 3 });
    const { cursor } = first.oportunidades.edges[1];
    const [rest] = await doCliente(caller, [clienteId], pagina(`(first: 2, after: "${cursor}")`));
    expect(titulos(rest)).toEqual(['a']);
    const [last] = await doCliente(caller, [clienteId], pagina('(last: 2)'));
    expect(titulos(last)).toEqual(['c', 'a']);
  });

  it('cost one statement for many Clientes, and one for their etapas', async () => {
    const { caller, funil } = await vendas.novaOrganizacao();
    const ids = Array.from({ length: 30 }, () => vendas.conhecer('clientes', caller));
    for (const clienteId of ids.slice(0, 5))
      await vendas.criarOportunidade(caller, { funilId: funil.id, clienteId });
    const page = 'oportunidades(first: 3) { edges { node { titulo etapa { nome } } } }';
    const { texts, result } = await countStatements(() => doCliente(caller, ids, page));
    expect(texts).toHaveLength(2);
    expect(result.map((cliente: never) => titulos(cliente).length)).toEqual(
      ids.map((_, n) => (n < 5 ? 1 : 0)),
    );
    const whole = await countStatements(() =>
      doCliente(caller, ids, `${pagina('')} valorEmAberto { centavos }`),
    );
    expect(whole.texts).toHaveLength(4);
  });

  it('are none for ids of another organization, unknown ones and such as are none', async () => {
    const { caller, funil } = await vendas.novaOrganizacao();
    const alheia = await vendas.novaOrganizacao();
    const clienteId = vendas.conhecer('clientes', alheia.caller);
    await vendas.criarOportunidade(alheia.caller, { funilId: alheia.funil.id, clienteId });
    await vendas.criarOportunidade(caller, { funilId: funil.id });
    const ids = [clienteId, randomUUID(), 'not an id', '', '💥\u0000', "' OR 1=1"];
    const answers = await doCliente(caller, ids, `${pagina('')} valorEmAberto { centavos }`);
    for (const answer of answers) {
      expect(answer).toEqual({
        oportunidades: { edges: [], pageInfo: { hasNextPage: false }, totalCount: 0 },
        valorEmAberto: [],
      });
    }
  });

  it.each(['oportunidades { totalCount }', 'valorEmAberto { centavos }'])(
    'need vendas:ler: %s',
    async (field) => {
      const representations = [{ __typename: 'Cliente', id: randomUUID() }];
      const semLer = aCaller({
        permissoes: granting(permissionNames.filter((permission) => permission !== 'vendas:ler')),
      });
      expect(await vendas.errorOf(semLer, porCliente(field), { representations })).toMatchObject({
        code: 'FORBIDDEN',
      });
      expect(await vendas.errorOf(null, porCliente(field), { representations })).toMatchObject({
        code: 'UNAUTHENTICATED',
      });
    },
  );
});

describe('valorEmAberto', () => {
  const valores = async (caller: Caller, clienteId: string) =>
    (await doCliente(caller, [clienteId], 'valorEmAberto { centavos moeda }'))[0].valorEmAberto;

  it('adds up the open ones by currency, in the order of its code', async () => {
    const { caller, funil } = await vendas.novaOrganizacao();
    const clienteId = vendas.conhecer('clientes', caller);
    const nova = async (centavos: number, moeda: string) =>
      (await vendas.criarOportunidade(caller, { funilId: funil.id, clienteId, valor: { centavos, moeda } }))
        .id;
    await nova(3, 'USD');
    await nova(100, 'BRL');
    await nova(20, 'BRL');
    await nova(7, 'EUR');
    await vendas.data(caller, ganhar, { id: await nova(1000, 'BRL') });
    await vendas.data(caller, excluir, { id: await nova(1000, 'EUR') });
    expect(await valores(caller, clienteId)).toEqual([
      { centavos: 120, moeda: 'BRL' },
      { centavos: 7, moeda: 'EUR' },
      { centavos: 3, moeda: 'USD' },
    ]);
  });

  it('says so when a total is beyond what a number of the graph can hold', async () => {
    const { caller, funil } = await vendas.novaOrganizacao();
    const clienteId = vendas.conhecer('clientes', caller);
    const valor = { centavos: Number.MAX_SAFE_INTEGER };
    await vendas.criarOportunidade(caller, { funilId: funil.id, clienteId, valor });
    expect(await valores(caller, clienteId)).toEqual([{ ...valor, moeda: 'BRL' }]);
    await vendas.criarOportunidade(caller, { funilId: funil.id, clienteId, valor });
    const { data, errors } = await vendas.run(caller, porCliente('valorEmAberto { centavos }'), {
      representations: [{ __typename: 'Cliente', id: clienteId }],
    });
    expect(data?._entities).toEqual([{ valorEmAberto: null }]);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', motivo: 'TOTAL_ALEM_DO_LIMITE' });
  });
});
