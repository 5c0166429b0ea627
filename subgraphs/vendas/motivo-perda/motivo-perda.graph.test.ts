import { aCaller } from '../../../platform/testing/callers';
import { startVendas } from '../testing/start-vendas';

let vendas: Awaited<ReturnType<typeof startVendas>>;
beforeAll(async () => {
  vendas = await startVendas();
});
afterAll(() => vendas.stop());

const mutation = (call: string, fields = 'id') => `mutation ($id: ID!) { ${call} { ${fields} } }`;

describe('a MotivoPerda', () => {
  it('is created, renamed, excluded and brought back', async () => {
    const caller = aCaller();
    const id = await vendas.criarMotivo(caller);
    const editar =
      'mutation ($id: ID!, $versao: Int!) { editarMotivoPerda(dados: { id: $id, versao: $versao, nome: "Prazo" }) { nome versao } }';
    expect((await vendas.data(caller, editar, { id, versao: 1 })).editarMotivoPerda).toEqual({
      nome: 'Prazo',
      versao: 2,
    });
    expect(await vendas.errorOf(caller, editar, { id, versao: 1 })).toMatchObject({
      motivo: 'VERSAO_DESATUALIZADA',
    });
    await vendas.data(caller, mutation('excluirMotivoPerda(dados: { id: $id })'), { id });
    const listar = '{ motivosPerda { nome } excluidos: motivosPerda(ativo: false) { nome } }';
    expect(await vendas.data(caller, listar)).toEqual({ motivosPerda: [], excluidos: [{ nome: 'Prazo' }] });
    await vendas.data(caller, mutation('reativarMotivoPerda(id: $id)'), { id });
    expect(await vendas.data(caller, listar)).toEqual({ motivosPerda: [{ nome: 'Prazo' }], excluidos: [] });
  });
});
