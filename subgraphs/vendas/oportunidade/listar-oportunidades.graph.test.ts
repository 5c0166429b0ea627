import { randomUUID } from 'node:crypto';
import { countStatements } from '../../../platform/testing/count-statements';
import { startVendas } from '../testing/start-vendas';

let vendas: Awaited<ReturnType<typeof startVendas>>;
beforeAll(async () => {
  vendas = await startVendas();
});
afterAll(() => vendas.stop());

const ganhar =
  'mutation ($id: ID!) { ganharOportunidade(dados: { id: $id }) { situacao encerradaEm versao } }';

describe('oportunidades', () => {
  const listar = `query ($first: Int, $after: String, $last: Int, $before: String, $filtro: OportunidadeFiltro, $ordem: OportunidadeOrdem) {
    oportunidades(first: $first, after: $after, last: $last, before: $before, filtro: $filtro, ordem: $ordem) {
      edges { cursor node { titulo } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount
    }
  }`;
  type Organizacao = Awaited<ReturnType<typeof vendas.novaOrganizacao>>;
  let org: Organizacao;
  let clienteId: string;
  let responsavelId: string;
  beforeAll(async () => {
    org = await vendas.novaOrganizacao();
    clienteId = vendas.conhecer('clientes', org.caller);
    responsavelId = vendas.conhecer('usuarios', org.caller);
    for (let n = 0; n < 8; n += 1) {
      const { id } = await vendas.criarOportunidade(org.caller, {
        titulo: `${n}`,
        funilId: org.funil.id,
        etapaId: org.etapaIds[n % 2],
        ...(n === 3 && { clienteId, responsavelId }),
      });
      if (n === 7) await vendas.data(org.caller, ganhar, { id });
    }
  });

  const walk = async (given: Record<string, unknown>, backward: boolean): Promise<string> => {
    let found = '';
    let cursor: string | null = null;
    for (let pages = 0; pages < 10; pages += 1) {
      const place: Record<string, unknown> = backward
        ? { last: 3, before: cursor }
        : { first: 3, after: cursor };
      const page = (await vendas.data(org.caller, listar, { ...given, ...place })).oportunidades;
      const titulos = page.edges.map(({ node }: { node: { titulo: string } }) => node.titulo).join('');
      found = backward ? titulos + found : found + titulos;
      cursor = backward ? page.pageInfo.startCursor : page.pageInfo.endCursor;
      if (!(backward ? page.pageInfo.hasPreviousPage : page.pageInfo.hasNextPage)) {
        expect(page.totalCount).toBe(found.length);
        return found;
      }
    }
    throw new Error('the list does not end');
  };

  it.each<[string, (org: Organizacao) => object, string]>([
    ['the default order', () => ({}), '76543210'],
    ['the oldest first', () => ({ ordem: 'CRIADA_EM_ASC' }), '01234567'],
    ['one situação', () => ({ filtro: { situacao: 'GANHA' } }), '7'],
    ['one etapa', ({ etapaIds }) => ({ filtro: { etapaId: etapaIds[1] } }), '7531'],
    [
      'one etapa by place',
      ({ etapaIds }) => ({ filtro: { etapaId: etapaIds[1], situacao: 'ABERTA' }, ordem: 'POSICAO' }),
      '531',
    ],
    ['one Funil', ({ funil }) => ({ filtro: { funilId: funil.id, situacao: 'ABERTA' } }), '6543210'],
    ['another Funil', () => ({ filtro: { funilId: randomUUID() } }), ''],
    ['one Cliente', () => ({ filtro: { clienteId } }), '3'],
    ['one responsável', () => ({ filtro: { responsavelId } }), '3'],
    ['an id that is none', () => ({ filtro: { clienteId: 'x' } }), ''],
  ])('walks %s forwards and backwards alike', async (_, given, expected) => {
    expect(await walk({ ...given(org) }, false)).toBe(expected);
    expect(await walk({ ...given(org) }, true)).toBe(expected);
  });

  it.each([
    {},
    { situacao: 'ABERTA' },
    { etapaId: randomUUID() },
    { etapaId: randomUUID(), situacao: 'GANHA' },
    { etapaId: randomUUID(), situacao: 'ABERTA', ativo: false },
  ])('has no order by place for %j', async (filtro) => {
    expect(await vendas.errorOf(org.caller, listar, { filtro, ordem: 'POSICAO' })).toMatchObject({
      code: 'BAD_USER_INPUT',
      campos: [{ campo: 'ordem' }],
    });
  });

  it('costs one statement and one for each level below', async () => {
    const query = `{ oportunidades { edges { node {
      titulo etapa { nome } funil { nome etapas { nome } } motivoPerda { nome }
      historico(first: 2) { edges { node { tipo paraEtapa { nome } } } }
    } } } }`;
    const { texts } = await countStatements(() => vendas.data(org.caller, query));
    expect(texts).toHaveLength(5);
  });
});
