import type { Caller } from '../../../platform/caller';
import { aCaller } from '../../../platform/testing/callers';
import { startVendas } from '../testing/start-vendas';

let vendas: Awaited<ReturnType<typeof startVendas>>;
beforeAll(async () => {
  vendas = await startVendas();
});
afterAll(() => vendas.stop());

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

const historico = async (caller: Caller, id: string, args = '') => {
  const query = `query ($id: ID!) { oportunidade(id: $id) { historico${args} {
    edges { cursor node { tipo deEtapa { nome } paraEtapa { nome } usuario { id } } } pageInfo { hasNextPage } totalCount
  } } }`;
  return (await vendas.data(caller, query, { id })).oportunidade.historico;
};

const tipos = ({ edges }: { edges: { node: { tipo: string } }[] }) => edges.map(({ node }) => node.tipo);

describe('closing', () => {
  it('tells why it was lost, until it is reopened', async () => {
    const { caller, funil } = await vendas.novaOrganizacao();
    const { id } = await vendas.criarOportunidade(caller, { funilId: funil.id });
    const motivoPerdaId = await vendas.criarMotivo(caller);
    const dados = { id, motivoPerdaId, observacao: ' Achou caro\nDemais ' };
    expect((await vendas.data(caller, perder, { dados })).perderOportunidade).toEqual({
      situacao: 'PERDIDA',
      motivoPerda: { nome: 'Preço' },
      observacaoPerda: 'Achou caro\nDemais',
      encerradaEm: expect.any(String),
    });
    expect((await vendas.data(caller, reabrir, { id })).reabrirOportunidade).toEqual({
      situacao: 'ABERTA',
      encerradaEm: null,
      motivoPerda: null,
      observacaoPerda: null,
    });
    expect(tipos(await historico(caller, id))).toEqual(['REABERTA', 'PERDIDA', 'CRIADA']);
  });

  it('needs a reason of the organization that is in use', async () => {
    const { caller, funil } = await vendas.novaOrganizacao();
    const { id } = await vendas.criarOportunidade(caller, { funilId: funil.id });
    const excluido = await vendas.criarMotivo(caller);
    await vendas.data(caller, 'mutation ($id: ID!) { excluirMotivoPerda(dados: { id: $id }) { id } }', {
      id: excluido,
    });
    const alheio = await vendas.criarMotivo(aCaller());
    for (const [motivoPerdaId, code] of [
      [alheio, 'NOT_FOUND'],
      ['x', 'NOT_FOUND'],
      [excluido, 'CONFLICT'],
      [undefined, 'BAD_USER_INPUT'],
    ]) {
      expect(await vendas.errorOf(caller, perder, { dados: { id, motivoPerdaId } })).toMatchObject({
        code,
        campos: [{ campo: 'dados.motivoPerdaId' }],
      });
    }
    const longa = { id, motivoPerdaId: await vendas.criarMotivo(caller), observacao: 'x'.repeat(2001) };
    expect(await vendas.errorOf(caller, perder, { dados: longa })).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('happens once, however many win and lose it at once', async () => {
    const { caller, funil } = await vendas.novaOrganizacao();
    const { id } = await vendas.criarOportunidade(caller, { funilId: funil.id });
    const motivoPerdaId = await vendas.criarMotivo(caller);
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        n % 2
          ? vendas.run(caller, ganhar, { id })
          : vendas.run(caller, perder, { dados: { id, motivoPerdaId } }),
      ),
    );
    const refused = answers.flatMap(({ errors }) => errors ?? []);
    expect(refused).toHaveLength(29);
    for (const { extensions } of refused) {
      expect(extensions).toMatchObject({ code: 'CONFLICT', motivo: 'OPORTUNIDADE_ENCERRADA' });
    }
    const [{ situacao, versao }] = await vendas.rowsOf('oportunidade', caller);
    expect(tipos(await historico(caller, id))).toEqual([situacao, 'CRIADA']);
    expect(versao).toBe(2);
    const eventos = (await vendas.rowsOf('teia.outbox', caller)).map(({ tipo }) => tipo);
    expect(eventos.filter((tipo) => /Ganha|Perdida/.test(tipo))).toEqual([
      situacao === 'GANHA' ? 'OportunidadeGanha' : 'OportunidadePerdida',
    ]);
  });

  it('leaves an open one as it is when it is reopened', async () => {
    const { caller, funil } = await vendas.novaOrganizacao();
    const { id } = await vendas.criarOportunidade(caller, { funilId: funil.id });
    await vendas.data(caller, reabrir, { id });
    expect((await vendas.rowsOf('oportunidade', caller))[0].versao).toBe(1);
  });
});

describe('exclusion', () => {
  it('hides softly, refuses what needs it open, and is undone', async () => {
    const { caller, funil } = await vendas.novaOrganizacao();
    const { id } = await vendas.criarOportunidade(caller, { funilId: funil.id });
    const listar = (ativo: boolean) =>
      `{ oportunidades(filtro: { ativo: ${ativo} }) { edges { node { id } } } }`;
    expect((await vendas.data(caller, excluir, { dados: { id } })).excluirOportunidade).toEqual({
      id,
      definitiva: false,
    });
    await vendas.data(caller, excluir, { dados: { id } });
    expect((await vendas.data(caller, listar(true))).oportunidades.edges).toEqual([]);
    expect((await vendas.data(caller, listar(false))).oportunidades.edges).toEqual([{ node: { id } }]);
    for (const query of [ganhar, reabrir]) {
      expect(await vendas.errorOf(caller, query, { id })).toMatchObject({ motivo: 'OPORTUNIDADE_EXCLUIDA' });
    }
    expect((await vendas.data(caller, reativar, { id })).reativarOportunidade).toEqual({
      ativo: true,
      versao: 3,
    });
    expect((await vendas.data(caller, reativar, { id })).reativarOportunidade).toEqual({
      ativo: true,
      versao: 3,
    });
    expect(tipos(await historico(caller, id))).toEqual(['REATIVADA', 'EXCLUIDA', 'CRIADA']);
  });

  it('erases with the history', async () => {
    const { caller, funil } = await vendas.novaOrganizacao();
    const { id } = await vendas.criarOportunidade(caller, { funilId: funil.id });
    expect(
      (await vendas.data(caller, excluir, { dados: { id, definitivo: true } })).excluirOportunidade,
    ).toEqual({
      id,
      definitiva: true,
    });
    expect(await vendas.rowsOf('oportunidade', caller)).toEqual([]);
    expect(await vendas.rowsOf('historico_oportunidade', caller)).toEqual([]);
    expect(await vendas.errorOf(caller, reativar, { id })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is not undone into an etapa or a funil that is excluded', async () => {
    const { caller, funil, etapaIds } = await vendas.novaOrganizacao();
    const { id } = await vendas.criarOportunidade(caller, { funilId: funil.id });
    await vendas.data(caller, excluir, { dados: { id } });
    const comId = (operacao: string) => `mutation ($id: ID!) { ${operacao} { id } }`;
    await vendas.data(caller, comId('excluirEtapaFunil(dados: { id: $id })'), { id: etapaIds[0] });
    expect(await vendas.errorOf(caller, reativar, { id })).toMatchObject({ motivo: 'ETAPA_EXCLUIDA' });
    await vendas.data(caller, comId('reativarEtapaFunil(id: $id)'), { id: etapaIds[0] });
    await vendas.data(caller, comId('excluirFunil(dados: { id: $id })'), { id: funil.id });
    expect(await vendas.errorOf(caller, reativar, { id })).toMatchObject({ motivo: 'FUNIL_EXCLUIDO' });
    await vendas.data(caller, comId('reativarFunil(id: $id)'), { id: funil.id });
    await vendas.data(caller, reativar, { id });
    expect(await vendas.cards(caller, etapaIds[0])).toEqual([id]);
  });
});

describe('historico', () => {
  it('tells who took it from where to where, a page at a time', async () => {
    const { caller, funil, etapaIds } = await vendas.novaOrganizacao();
    const { id } = await vendas.criarOportunidade(caller, { funilId: funil.id });
    await vendas.data(caller, mover, { dados: { id, etapaId: etapaIds[1] } });
    await vendas.data(caller, ganhar, { id });
    const first = await historico(caller, id, '(first: 2)');
    const usuario = { id: caller.usuarioId };
    expect(first.edges.map(({ node }: { node: object }) => node)).toEqual([
      { tipo: 'GANHA', deEtapa: { nome: 'Proposta' }, paraEtapa: { nome: 'Proposta' }, usuario },
      { tipo: 'MOVIDA', deEtapa: { nome: 'Contato' }, paraEtapa: { nome: 'Proposta' }, usuario },
    ]);
    expect(first).toMatchObject({ pageInfo: { hasNextPage: true }, totalCount: 3 });
    const rest = await historico(caller, id, `(first: 2, after: "${first.edges[1].cursor}")`);
    expect(rest.edges.map(({ node }: { node: object }) => node)).toEqual([
      { tipo: 'CRIADA', deEtapa: null, paraEtapa: { nome: 'Contato' }, usuario },
    ]);
  });
});
