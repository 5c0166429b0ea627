import { randomUUID } from 'node:crypto';
import { permissionNames } from '../../../platform/permissions';
import { aCaller, granting } from '../../../platform/testing/callers';
import { startVendas } from '../testing/start-vendas';

let vendas: Awaited<ReturnType<typeof startVendas>>;
beforeAll(async () => {
  vendas = await startVendas();
});
afterAll(() => vendas.stop());

const criar = 'mutation ($dados: CriarOportunidadeInput!) { criarOportunidade(dados: $dados) { id } }';
const editar =
  'mutation ($dados: EditarOportunidadeInput!) { editarOportunidade(dados: $dados) { titulo valor { centavos moeda } responsavel { id } previsaoFechamento versao } }';
const perder =
  'mutation ($dados: PerderOportunidadeInput!) { perderOportunidade(dados: $dados) { situacao motivoPerda { nome } observacaoPerda encerradaEm } }';
const ganhar =
  'mutation ($id: ID!) { ganharOportunidade(dados: { id: $id }) { situacao encerradaEm versao } }';
const reabrir =
  'mutation ($id: ID!) { reabrirOportunidade(id: $id) { situacao encerradaEm motivoPerda { id } observacaoPerda } }';
const excluir =
  'mutation ($dados: ExcluirOportunidadeInput!) { excluirOportunidade(dados: $dados) { id definitiva } }';
const reativar = 'mutation ($id: ID!) { reativarOportunidade(id: $id) { ativo versao } }';
const mover = 'mutation ($dados: MoverOportunidadeInput!) { moverOportunidade(dados: $dados) { id } }';

describe('another organization', () => {
  it.each([
    ['oportunidade', 'query ($id: ID!) { oportunidade(id: $id) { id } }'],
    [
      'editar',
      'mutation ($id: ID!) { editarOportunidade(dados: { id: $id, versao: 1, titulo: "x" }) { id } }',
    ],
    ['ganhar', ganhar],
    ['reabrir', reabrir],
    ['reativar', reativar],
    ['excluir', 'mutation ($id: ID!) { excluirOportunidade(dados: { id: $id, definitivo: true }) { id } }'],
    [
      'a reference',
      'query ($id: _Any!) { _entities(representations: [$id]) { ... on Oportunidade { titulo } } }',
    ],
  ])('%s answers a foreign id, an unknown one and no UUID at all alike', async (name, query) => {
    const { caller: owner, funil } = await vendas.novaOrganizacao();
    const { id: foreign } = await vendas.criarOportunidade(owner, { funilId: funil.id });
    const caller = aCaller();
    const answers = await Promise.all(
      [foreign, randomUUID(), 'not an id', ''].map(async (id) => {
        const variables = { id: name === 'a reference' ? { __typename: 'Oportunidade', id } : id };
        const { data, errors } = await vendas.run(caller, query, variables);
        return JSON.stringify({ data, errors });
      }),
    );
    expect(new Set(answers).size).toBe(1);
    expect((await vendas.rowsOf('oportunidade', owner))[0]).toMatchObject({ versao: 1, ativo: true });
  });

  it.each([
    [
      'vendas:escrever',
      criar,
      { dados: { titulo: 'x', valor: { centavos: 1 }, clienteId: 'x', funilId: 'x' } },
    ],
    ['vendas:escrever', editar, { dados: { id: 'x', versao: 1 } }],
    ['vendas:escrever', mover, { dados: { id: 'x', etapaId: 'x' } }],
    ['vendas:escrever', ganhar, { id: 'x' }],
    ['vendas:escrever', perder, { dados: { id: 'x', motivoPerdaId: 'x' } }],
    ['vendas:escrever', reabrir, { id: 'x' }],
    ['vendas:excluir', excluir, { dados: { id: 'x' } }],
    ['vendas:excluir', reativar, { id: 'x' }],
    ['vendas:ler', '{ oportunidades { totalCount } }', {}],
    ['vendas:ler', '{ oportunidade(id: "x") { id } }', {}],
  ])('needs %s for %s', async (permission, query, variables) => {
    const semEsta = aCaller({
      permissoes: granting(permissionNames.filter((outra) => outra !== permission)),
    });
    expect(await vendas.errorOf(semEsta, query, variables)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await vendas.errorOf(null, query, variables)).toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});
