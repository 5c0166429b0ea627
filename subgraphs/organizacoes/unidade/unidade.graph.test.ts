import { randomUUID } from 'node:crypto';
import { aCaller, granting } from '../../../platform/testing/callers';
import { type Organizacoes, startOrganizacoes } from '../testing/start-organizacoes';

let organizacoes: Organizacoes;
beforeAll(async () => {
  organizacoes = await startOrganizacoes();
});
afterAll(() => organizacoes.stop());

const campos = `nome telefone ativo versao
  endereco { logradouro numero complemento bairro cidade uf cep }`;
const criar = `mutation ($dados: CriarUnidadeInput!) { criarUnidade(dados: $dados) { id ${campos} } }`;
const editar = `mutation ($dados: EditarUnidadeInput!) { editarUnidade(dados: $dados) { ${campos} } }`;
const excluir = 'mutation ($id: ID!) { excluirUnidade(dados: { id: $id }) { id definitiva } }';
const reativar = `mutation ($id: ID!) { reativarUnidade(id: $id) { ${campos} } }`;

const paulista = {
  logradouro: ' Av.  Paulista ',
  numero: '1578',
  cidade: 'São Paulo',
  uf: 'SP',
  cep: '01310-200',
};

describe('a Unidade', () => {
  it('is created, changed part by part, excluded and brought back', async () => {
    const caller = aCaller();
    const dados = { nome: ' Filial  Centro ', telefone: '(11) 3333-4444', endereco: paulista };
    const { id, ...criada } = (await organizacoes.data(caller, criar, { dados })).criarUnidade;
    const endereco = {
      ...paulista,
      logradouro: 'Av. Paulista',
      complemento: null,
      bairro: null,
      cep: '01310200',
    };
    const completa = { nome: 'Filial Centro', telefone: '+551133334444', ativo: true, versao: 1, endereco };
    expect(criada).toEqual(completa);

    const edit = async (given: object) =>
      (await organizacoes.data(caller, editar, { dados: { id, ...given } })).editarUnidade;
    expect(await edit({ versao: 1, nome: 'Sé' })).toEqual({ ...completa, nome: 'Sé', versao: 2 });
    expect(await edit({ versao: 2, endereco: null })).toMatchObject({
      nome: 'Sé',
      endereco: null,
      versao: 3,
    });
    expect(await edit({ versao: 3, telefone: null })).toMatchObject({ telefone: null, versao: 4 });

    for (const _ of [1, 2]) {
      expect((await organizacoes.data(caller, excluir, { id })).excluirUnidade).toEqual({
        id,
        definitiva: false,
      });
    }
    const listas = 'unidades { id } excluidas: unidades(ativo: false) { id }';
    expect(await organizacoes.organizacao(caller, listas)).toEqual({ unidades: [], excluidas: [{ id }] });
    for (const _ of [1, 2]) {
      expect((await organizacoes.data(caller, reativar, { id })).reativarUnidade).toMatchObject({
        ativo: true,
        versao: 6,
      });
    }
    expect((await organizacoes.eventosDe(caller, 'UnidadeAlterada', id)).map(({ campos }) => campos)).toEqual(
      [['nome', 'endereco', 'telefone'], ['nome'], ['endereco'], ['telefone'], ['ativo'], ['ativo']],
    );
  });

  it.each([
    ['no name', { nome: ' ' }, 'dados.nome'],
    ['no telephone', { telefone: '123' }, 'dados.telefone'],
    ['half an address', { endereco: { logradouro: 'Rua' } }, 'dados.endereco.cidade'],
    ['no street', { endereco: { ...paulista, logradouro: '' } }, 'dados.endereco.logradouro'],
  ])('is refused with %s', async (_, wrong, campo) => {
    const dados = { nome: 'Filial', ...wrong };
    const error = await organizacoes.errorOf(aCaller(), criar, { dados });
    expect(error?.code).toBe('BAD_USER_INPUT');
    expect(error?.campos).toContainEqual({ campo, mensagem: expect.any(String) });
  });

  it('keeps its name, and loses nothing to a stale version', async () => {
    const caller = aCaller();
    const { id } = (await organizacoes.data(caller, criar, { dados: { nome: 'Filial' } })).criarUnidade;
    const edit = (given: object) => organizacoes.errorOf(caller, editar, { dados: { id, ...given } });
    expect(await edit({ versao: 1, nome: null })).toMatchObject({ campos: [{ campo: 'dados.nome' }] });
    for (const versao of [0, 2, -1, 2_147_483_647]) {
      expect(await edit({ versao, nome: 'Outra' })).toMatchObject({ motivo: 'VERSAO_DESATUALIZADA' });
    }
    const answers = await Promise.all(Array.from({ length: 10 }, () => edit({ versao: 1, nome: 'Outra' })));
    expect(answers.filter((error) => error === undefined)).toHaveLength(1);
  });

  it('stays as it is when nothing changes', async () => {
    const caller = aCaller();
    const dados = { nome: 'Filial', endereco: paulista };
    const { id } = (await organizacoes.data(caller, criar, { dados })).criarUnidade;
    for (const igual of [
      {},
      { nome: ' Filial ' },
      { endereco: { ...paulista, bairro: ' ' }, telefone: null },
    ]) {
      const { editarUnidade } = await organizacoes.data(caller, editar, {
        dados: { id, versao: 1, ...igual },
      });
      expect(editarUnidade).toMatchObject({ nome: 'Filial', versao: 1 });
    }
    expect(await organizacoes.errorOf(caller, editar, { dados: { id, versao: 2 } })).toMatchObject({
      motivo: 'VERSAO_DESATUALIZADA',
    });
    expect(await organizacoes.auditadas(caller)).toEqual(['unidade.criar']);
    expect(await organizacoes.eventosDe(caller, 'UnidadeAlterada', id)).toHaveLength(1);
  });

  it('is one of 500 at most, however many are created at once', async () => {
    const caller = aCaller();
    await organizacoes.admin.query(
      `INSERT INTO unidade (id, organizacao_id, nome, ativo, versao)
       SELECT gen_random_uuid(), $1, 'x', n % 2 = 0, 1 FROM generate_series(1, 497) n`,
      [caller.organizacaoId],
    );
    const dados = { nome: 'Filial' };
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => organizacoes.run(caller, criar, { dados })),
    );
    const motivos = answers.flatMap(
      ({ errors }) => errors?.map(({ extensions }) => extensions?.motivo) ?? [],
    );
    expect(motivos).toEqual(Array(7).fill('LIMITE_DE_UNIDADES'));
  });

  it.each([
    [
      'editarUnidade',
      'mutation ($id: ID!) { editarUnidade(dados: { id: $id, versao: 1, nome: "x" }) { id } }',
    ],
    ['excluirUnidade', excluir],
    ['reativarUnidade', reativar],
  ])('of another organization is nothing to %s; it needs a permission', async (_, query) => {
    const dona = aCaller();
    const { id } = (await organizacoes.data(dona, criar, { dados: { nome: 'Filial' } })).criarUnidade;
    const answers = await Promise.all(
      [id, randomUUID(), 'not an id', ''].map((alheia) => organizacoes.run(aCaller(), query, { id: alheia })),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
    const leitora = aCaller({ ...dona, permissoes: granting(['organizacao:ler', 'equipes:administrar']) });
    expect(await organizacoes.errorOf(leitora, query, { id })).toMatchObject({ code: 'FORBIDDEN' });
    expect((await organizacoes.organizacao(dona, 'unidades { nome versao }')).unidades).toEqual([
      { nome: 'Filial', versao: 1 },
    ]);
  });
});
