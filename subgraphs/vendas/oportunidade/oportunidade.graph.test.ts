import { randomUUID } from 'node:crypto';
import { startVendas } from '../testing/start-vendas';

let vendas: Awaited<ReturnType<typeof startVendas>>;
beforeAll(async () => {
  vendas = await startVendas();
});
afterAll(() => vendas.stop());

const criar = 'mutation ($dados: CriarOportunidadeInput!) { criarOportunidade(dados: $dados) { id } }';
const editar =
  'mutation ($dados: EditarOportunidadeInput!) { editarOportunidade(dados: $dados) { titulo valor { centavos moeda } responsavel { id } previsaoFechamento versao } }';

describe('criarOportunidade', () => {
  it('stores what was sent', async () => {
    const { caller, funil } = await vendas.novaOrganizacao();
    const clienteId = vendas.conhecer('clientes', caller);
    const responsavelId = vendas.conhecer('usuarios', caller);
    const { id } = await vendas.criarOportunidade(caller, {
      titulo: '  Armário   planejado 日本 🪵 ',
      clienteId,
      funilId: funil.id,
      valor: { centavos: Number.MAX_SAFE_INTEGER, moeda: 'USD' },
      responsavelId: responsavelId.toUpperCase(),
      previsaoFechamento: '2028-02-29',
    });
    const query = `query ($id: ID!) { oportunidade(id: $id) {
      titulo cliente { id } responsavel { id } funil { nome } etapa { nome } valor { centavos moeda formatado }
      situacao previsaoFechamento motivoPerda { id } observacaoPerda encerradaEm versao ativo
    } }`;
    expect((await vendas.data(caller, query, { id })).oportunidade).toEqual({
      titulo: 'Armário planejado 日本 🪵',
      cliente: { id: clienteId },
      responsavel: { id: responsavelId },
      funil: { nome: 'Funil' },
      etapa: { nome: 'Contato' },
      valor: { centavos: Number.MAX_SAFE_INTEGER, moeda: 'USD', formatado: 'US$\u00a090.071.992.547.409,91' },
      situacao: 'ABERTA',
      previsaoFechamento: '2028-02-29',
      motivoPerda: null,
      observacaoPerda: null,
      encerradaEm: null,
      versao: 1,
      ativo: true,
    });
  });

  it.each([
    ['a title of spaces', { titulo: ' \n ' }, 'dados.titulo'],
    ['a null title', { titulo: null }, 'dados.titulo'],
    ['a huge title', { titulo: 'x'.repeat(201) }, 'dados.titulo'],
    ['an unstorable title', { titulo: 'a\u0000b' }, 'dados.titulo'],
    ['a negative amount', { valor: { centavos: -1 } }, 'dados.valor.centavos'],
    ['an amount of 2^53', { valor: { centavos: 2 ** 53 } }, 'dados.valor.centavos'],
    ['a fraction of a centavo', { valor: { centavos: 0.5 } }, 'dados.valor.centavos'],
    ['an unknown currency', { valor: { centavos: 1, moeda: 'XAU' } }, 'dados.valor.moeda'],
    ['no amount', { valor: null }, 'dados.valor'],
    ['a day that is none', { previsaoFechamento: '2027-02-29' }, 'dados.previsaoFechamento'],
  ])('refuses %s, naming the field and writing nothing', async (_, wrong, campo) => {
    const { caller, funil } = await vendas.novaOrganizacao();
    const dados = {
      titulo: 'Venda',
      valor: { centavos: 1 },
      clienteId: vendas.conhecer('clientes', caller),
      funilId: funil.id,
      ...wrong,
    };
    expect(await vendas.errorOf(caller, criar, { dados })).toMatchObject({
      code: 'BAD_USER_INPUT',
      campos: [{ campo }],
    });
    expect(await vendas.rowsOf('oportunidade', caller)).toEqual([]);
  });

  it('refuses who and what is not of the organization, or is excluded, and writes nothing', async () => {
    const { caller, funil, etapaIds } = await vendas.novaOrganizacao();
    const alheia = await vendas.novaOrganizacao();
    const outroFunil = await vendas.criarFunil(caller);
    const excluido = await vendas.criarFunil(caller);
    await vendas.data(caller, 'mutation ($id: ID!) { excluirFunil(dados: { id: $id }) { id } }', {
      id: excluido.id,
    });
    await vendas.data(caller, 'mutation ($id: ID!) { excluirEtapaFunil(dados: { id: $id }) { id } }', {
      id: etapaIds[2],
    });
    const notFound = (campo: string) => ({ code: 'NOT_FOUND', campos: [{ campo }] });
    const refused: [object, object][] = [
      [{ clienteId: vendas.conhecer('clientes', alheia.caller) }, notFound('dados.clienteId')],
      [{ clienteId: randomUUID() }, notFound('dados.clienteId')],
      [{ clienteId: "' OR 1=1" }, notFound('dados.clienteId')],
      [
        { clienteId: vendas.conhecer('clientes', caller, false) },
        { code: 'CONFLICT', motivo: 'CLIENTE_EXCLUIDO', campos: [{ campo: 'dados.clienteId' }] },
      ],
      [{ responsavelId: vendas.conhecer('usuarios', alheia.caller) }, notFound('dados.responsavelId')],
      [{ responsavelId: 'x' }, notFound('dados.responsavelId')],
      [{ funilId: alheia.funil.id }, notFound('dados.funilId')],
      [{ funilId: 'x' }, notFound('dados.funilId')],
      [{ funilId: excluido.id }, { code: 'CONFLICT', motivo: 'FUNIL_EXCLUIDO' }],
      [{ etapaId: alheia.etapaIds[0] }, notFound('dados.etapaId')],
      [{ etapaId: etapaIds[2] }, { code: 'CONFLICT', motivo: 'ETAPA_EXCLUIDA' }],
      [{ etapaId: outroFunil.etapas[0]?.id }, { code: 'BAD_USER_INPUT', motivo: 'ETAPA_DE_OUTRO_FUNIL' }],
    ];
    for (const [wrong, extensions] of refused) {
      const dados = {
        titulo: 'Venda',
        valor: { centavos: 1 },
        clienteId: vendas.conhecer('clientes', caller),
        funilId: funil.id,
        ...wrong,
      };
      expect(await vendas.errorOf(caller, criar, { dados })).toMatchObject(extensions);
    }
    for (const table of ['oportunidade', 'historico_oportunidade']) {
      expect(await vendas.rowsOf(table, caller)).toEqual([]);
    }
  });

  it('writes nothing while nobody can say whether there is such a Cliente', async () => {
    const { caller, funil } = await vendas.novaOrganizacao();
    const dados = {
      titulo: 'x',
      valor: { centavos: 1 },
      clienteId: vendas.conhecer('clientes', caller),
      funilId: funil.id,
    };
    vendas.foraDoAr.add('clientes');
    const error = await vendas.errorOf(caller, criar, { dados });
    vendas.foraDoAr.clear();
    expect(error).toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    expect(await vendas.rowsOf('oportunidade', caller)).toEqual([]);
  });
});

describe('editarOportunidade', () => {
  it('leaves what is omitted, empties what is null', async () => {
    const { caller, funil } = await vendas.novaOrganizacao();
    const responsavelId = vendas.conhecer('usuarios', caller);
    const { id } = await vendas.criarOportunidade(caller, {
      funilId: funil.id,
      responsavelId,
      previsaoFechamento: '2027-01-01',
    });
    const dados = { id, versao: 1, valor: { centavos: 0, moeda: 'EUR' }, previsaoFechamento: null };
    expect((await vendas.data(caller, editar, { dados })).editarOportunidade).toEqual({
      titulo: 'Venda',
      valor: { centavos: 0, moeda: 'EUR' },
      responsavel: { id: responsavelId },
      previsaoFechamento: null,
      versao: 2,
    });
    const [ultimo] = (await vendas.rowsOf('teia.outbox', caller)).filter(
      ({ tipo }) => tipo === 'OportunidadeAtualizada',
    );
    expect(ultimo.dados.campos.sort()).toEqual(['previsaoFechamento', 'valor']);
  });

  it.each([
    [{ titulo: null }, { code: 'BAD_USER_INPUT', campos: [{ campo: 'dados.titulo' }] }],
    [{ valor: null }, { code: 'BAD_USER_INPUT', campos: [{ campo: 'dados.valor' }] }],
    [{ valor: { centavos: -5 } }, { code: 'BAD_USER_INPUT', campos: [{ campo: 'dados.valor.centavos' }] }],
    [{ responsavelId: randomUUID() }, { code: 'NOT_FOUND', campos: [{ campo: 'dados.responsavelId' }] }],
    [{ versao: 2 }, { code: 'CONFLICT', motivo: 'VERSAO_DESATUALIZADA' }],
    [{ versao: 2_147_483_647 }, { code: 'CONFLICT', motivo: 'VERSAO_DESATUALIZADA' }],
    [{ versao: -1 }, { code: 'CONFLICT', motivo: 'VERSAO_DESATUALIZADA' }],
  ])('refuses %j', async (wrong, extensions) => {
    const { caller, funil } = await vendas.novaOrganizacao();
    const { id } = await vendas.criarOportunidade(caller, { funilId: funil.id });
    expect(await vendas.errorOf(caller, editar, { dados: { id, versao: 1, ...wrong } })).toMatchObject(
      extensions,
    );
    expect((await vendas.rowsOf('oportunidade', caller))[0]).toMatchObject({ versao: 1, titulo: 'Venda' });
  });

  it('lets one of 20 concurrent edits of a version win', async () => {
    const { caller, funil } = await vendas.novaOrganizacao();
    const { id } = await vendas.criarOportunidade(caller, { funilId: funil.id });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        vendas.run(caller, editar, { dados: { id, versao: 1, titulo: `${n}` } }),
      ),
    );
    const refused = answers.flatMap(({ errors }) => errors ?? []);
    expect(refused).toHaveLength(19);
    for (const { extensions } of refused)
      expect(extensions).toMatchObject({ motivo: 'VERSAO_DESATUALIZADA' });
  });
});
