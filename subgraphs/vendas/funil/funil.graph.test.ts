import { aCaller } from '../../../platform/testing/callers';
import { startVendas } from '../testing/start-vendas';

let vendas: Awaited<ReturnType<typeof startVendas>>;
beforeAll(async () => {
  vendas = await startVendas();
});
afterAll(() => vendas.stop());

const mutation = (call: string, fields = 'id') => `mutation ($id: ID!) { ${call} { ${fields} } }`;
const excluirFunil = mutation('excluirFunil(dados: { id: $id })', 'id definitiva');
const reativarFunil = mutation('reativarFunil(id: $id)', 'ativo versao');

describe('a Funil', () => {
  const criar =
    'mutation ($dados: CriarFunilInput!) { criarFunil(dados: $dados) { nome etapas { nome posicao probabilidade } } }';

  it('is created with its etapas in order', async () => {
    const dados = {
      nome: '  Vendas   no atacado ',
      etapas: [
        { nome: ' Contato ', probabilidade: 0 },
        { nome: 'Fechamento', probabilidade: 100 },
      ],
    };
    expect((await vendas.data(aCaller(), criar, { dados })).criarFunil).toEqual({
      nome: 'Vendas no atacado',
      etapas: [
        { nome: 'Contato', posicao: 1, probabilidade: 0 },
        { nome: 'Fechamento', posicao: 2, probabilidade: 100 },
      ],
    });
  });

  it.each([
    ['no etapa', { etapas: [] }, 'dados.etapas'],
    ['too many etapas', { etapas: Array(101).fill({ nome: 'x', probabilidade: 1 }) }, 'dados.etapas'],
    ['a blank name', { nome: ' ' }, 'dados.nome'],
    ['a blank etapa', { etapas: [{ nome: '', probabilidade: 1 }] }, 'dados.etapas.0.nome'],
    ['more than certainty', { etapas: [{ nome: 'x', probabilidade: 101 }] }, 'dados.etapas.0.probabilidade'],
    ['less than none', { etapas: [{ nome: 'x', probabilidade: -1 }] }, 'dados.etapas.0.probabilidade'],
    ['half a percent', { etapas: [{ nome: 'x', probabilidade: 0.5 }] }, 'dados.etapas.0.probabilidade'],
  ])('is refused with %s', async (_, wrong, campo) => {
    const caller = aCaller();
    const dados = { nome: 'Funil', etapas: [{ nome: 'x', probabilidade: 1 }], ...wrong };
    expect(await vendas.errorOf(caller, criar, { dados })).toMatchObject({
      code: 'BAD_USER_INPUT',
      campos: [{ campo }],
    });
    expect((await vendas.data(caller, '{ funis { id } }')).funis).toEqual([]);
  });

  it('is one of 100 at most, however many are created at once', async () => {
    const caller = aCaller();
    const dados = { nome: 'x', etapas: [{ nome: 'x', probabilidade: 1 }] };
    for (let n = 0; n < 19; n += 1) {
      await Promise.all(Array.from({ length: 5 }, () => vendas.data(caller, criar, { dados })));
    }
    const answers = await Promise.all(Array.from({ length: 10 }, () => vendas.run(caller, criar, { dados })));
    const refused = answers.flatMap(({ errors }) => errors ?? []);
    expect(refused).toHaveLength(5);
    expect(refused[0]?.extensions).toMatchObject({ code: 'CONFLICT', motivo: 'LIMITE_DE_FUNIS' });
    expect((await vendas.data(caller, '{ funis { id } }')).funis).toHaveLength(100);
  });

  it('is renamed once for each version', async () => {
    const caller = aCaller();
    const { id } = await vendas.criarFunil(caller);
    const editar =
      'mutation ($id: ID!, $versao: Int!) { editarFunil(dados: { id: $id, versao: $versao, nome: "Novo" }) { nome versao } }';
    expect((await vendas.data(caller, editar, { id, versao: 1 })).editarFunil).toEqual({
      nome: 'Novo',
      versao: 2,
    });
    for (const versao of [1, 2_147_483_647, -1]) {
      expect(await vendas.errorOf(caller, editar, { id, versao })).toMatchObject({
        motivo: 'VERSAO_DESATUALIZADA',
      });
    }
  });

  it('is not excluded while it has open Oportunidades; then it takes no more', async () => {
    const { caller, funil } = await vendas.novaOrganizacao();
    const { id } = await vendas.criarOportunidade(caller, { funilId: funil.id });
    expect(await vendas.errorOf(caller, excluirFunil, { id: funil.id })).toMatchObject({
      motivo: 'FUNIL_EM_USO',
    });
    await vendas.data(caller, mutation('ganharOportunidade(dados: { id: $id })'), { id });
    expect((await vendas.data(caller, excluirFunil, { id: funil.id })).excluirFunil).toEqual({
      id: funil.id,
      definitiva: false,
    });
    expect(await vendas.data(caller, '{ funis { id } excluidos: funis(ativo: false) { id } }')).toEqual({
      funis: [],
      excluidos: [{ id: funil.id }],
    });
    expect(await vendas.errorOf(caller, mutation('reabrirOportunidade(id: $id)'), { id })).toMatchObject({
      motivo: 'FUNIL_EXCLUIDO',
    });
    expect((await vendas.data(caller, reativarFunil, { id: funil.id })).reativarFunil).toEqual({
      ativo: true,
      versao: 3,
    });
    expect((await vendas.data(caller, reativarFunil, { id: funil.id })).reativarFunil).toEqual({
      ativo: true,
      versao: 3,
    });
  });

  it('is never left excluded with an Oportunidade in it, whichever comes first', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { caller, funil, etapaIds } = await vendas.novaOrganizacao();
      await Promise.allSettled([
        vendas.data(caller, excluirFunil, { id: funil.id }),
        ...etapaIds.map((etapaId) => vendas.criarOportunidade(caller, { funilId: funil.id, etapaId })),
      ]);
      const { funil: depois, oportunidades } = await vendas.data(
        caller,
        'query ($id: ID!) { funil(id: $id) { ativo } oportunidades { totalCount } }',
        { id: funil.id },
      );
      expect(depois.ativo).toBe(oportunidades.totalCount > 0);
    }
  });
});
