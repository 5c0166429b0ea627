import { randomUUID } from 'node:crypto';
import type { Caller } from '../../../platform/caller';
import { startVendas } from '../testing/start-vendas';

let vendas: Awaited<ReturnType<typeof startVendas>>;
beforeAll(async () => {
  vendas = await startVendas();
});
afterAll(() => vendas.stop());

const mutation = (call: string, fields = 'id') => `mutation ($id: ID!) { ${call} { ${fields} } }`;
const excluirEtapa = mutation('excluirEtapaFunil(dados: { id: $id })', 'id definitiva');
const reativarEtapa = mutation('reativarEtapaFunil(id: $id)', 'ativo posicao versao');
const mover =
  'mutation ($dados: MoverEtapaFunilInput!) { moverEtapaFunil(dados: $dados) { funil { etapas { nome posicao } } } }';
const etapas = async (caller: Caller, id: string, ativo = true): Promise<string[]> => {
  const query =
    'query ($id: ID!, $ativo: Boolean!) { funil(id: $id) { etapas(ativo: $ativo) { nome posicao } } }';
  const { funil } = await vendas.data(caller, query, { id, ativo });
  return funil.etapas.map(({ nome, posicao }: { nome: string; posicao: number }) => `${posicao} ${nome}`);
};

describe('an etapa', () => {
  it('moves to where it is told', async () => {
    const { caller, funil } = await vendas.novaOrganizacao();
    const [contato, proposta, fechamento] = funil.etapas.map(({ id }) => id);
    await vendas.data(caller, mover, { dados: { id: contato, aposId: proposta } });
    expect(await etapas(caller, funil.id)).toEqual(['1 Proposta', '2 Contato', '3 Fechamento']);
    await vendas.data(caller, mover, { dados: { id: fechamento } });
    expect(await etapas(caller, funil.id)).toEqual(['1 Fechamento', '2 Proposta', '3 Contato']);
    const outro = await vendas.criarFunil(caller);
    for (const aposId of [outro.etapas[0]?.id, randomUUID(), 'x']) {
      expect(await vendas.errorOf(caller, mover, { dados: { id: contato, aposId } })).toMatchObject({
        code: 'NOT_FOUND',
        campos: [{ campo: 'dados.aposId' }],
      });
    }
    expect(await vendas.errorOf(caller, mover, { dados: { id: contato, aposId: contato } })).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });

  it('has one place, whatever is done to the Funil at once', async () => {
    const { caller, funil } = await vendas.novaOrganizacao();
    const ids = funil.etapas.map(({ id }) => id);
    const criar =
      'mutation ($id: ID!) { criarEtapaFunil(dados: { funilId: $id, nome: "Nova", probabilidade: 5 }) { id } }';
    await Promise.all([
      ...Array.from({ length: 5 }, () => vendas.data(caller, criar, { id: funil.id })),
      ...ids.map((id, n) => vendas.data(caller, mover, { dados: { id, aposId: ids[(n + 1) % 3] } })),
      vendas
        .data(caller, excluirEtapa, { id: ids[2] })
        .then(() => vendas.data(caller, reativarEtapa, { id: ids[2] })),
    ]).catch((error) => expect(error.message).toMatch(/ETAPA_EXCLUIDA|NOT_FOUND/));
    const places = (await etapas(caller, funil.id)).map((etapa) => Number.parseInt(etapa, 10));
    expect(places).toEqual(places.map((_, index) => index + 1));
  });

  it('is excluded when no open Oportunidade is in it and another etapa is left, and comes back last', async () => {
    const { caller, funil, etapaIds } = await vendas.novaOrganizacao();
    await vendas.criarOportunidade(caller, { funilId: funil.id, etapaId: etapaIds[1] });
    expect(await vendas.errorOf(caller, excluirEtapa, { id: etapaIds[1] })).toMatchObject({
      motivo: 'ETAPA_EM_USO',
    });
    await vendas.data(caller, excluirEtapa, { id: etapaIds[0] });
    await vendas.data(caller, excluirEtapa, { id: etapaIds[0] });
    expect(await etapas(caller, funil.id)).toEqual(['1 Proposta', '2 Fechamento']);
    expect(await etapas(caller, funil.id, false)).toEqual(['1 Contato']);
    expect((await vendas.data(caller, reativarEtapa, { id: etapaIds[0] })).reativarEtapaFunil).toEqual({
      ativo: true,
      posicao: 3,
      versao: 3,
    });
    const unico = await vendas.criarFunil(caller, ['Única']);
    expect(await vendas.errorOf(caller, excluirEtapa, { id: unico.etapas[0]?.id })).toMatchObject({
      motivo: 'ULTIMA_ETAPA',
    });
  });

  it('is edited once for each version', async () => {
    const { caller, etapaIds } = await vendas.novaOrganizacao();
    const editar = `mutation ($id: ID!, $versao: Int!) {
      editarEtapaFunil(dados: { id: $id, versao: $versao, nome: "Nova", probabilidade: 7 }) { nome probabilidade versao }
    }`;
    expect((await vendas.data(caller, editar, { id: etapaIds[0], versao: 1 })).editarEtapaFunil).toEqual({
      nome: 'Nova',
      probabilidade: 7,
      versao: 2,
    });
    expect(await vendas.errorOf(caller, editar, { id: etapaIds[0], versao: 1 })).toMatchObject({
      motivo: 'VERSAO_DESATUALIZADA',
    });
  });
});
