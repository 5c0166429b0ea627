import { randomUUID } from 'node:crypto';
import type { Caller } from '../../../platform/caller';
import { aCaller, granting } from '../../../platform/testing/callers';
import { countStatements } from '../../../platform/testing/count-statements';
import { startSubgraph } from '../../testing/start-subgraph';
import clientes from '..';

type Sub = Awaited<ReturnType<typeof startSubgraph>>;
let subgraph: Sub;
beforeAll(async () => {
  subgraph = await startSubgraph(clientes);
});
afterAll(() => subgraph.stop());

const criar = `mutation ($dados: CriarClienteInput!) {
  criarCliente(dados: $dados) { id nome documento emails telefones etiquetas ativo versao }
}`;

const run: Sub['run'] = (...question) => subgraph.run(...question);
const data: Sub['data'] = (...question) => subgraph.data(...question);
const codeOf: Sub['errorOf'] = (...question) => subgraph.errorOf(...question);

const criarCliente = async (caller: Caller, dados: Record<string, unknown> = {}) =>
  (await data(caller, criar, { dados: { tipo: 'FISICA', nome: 'Cliente', ...dados } })).criarCliente;

describe('criarCliente', () => {
  it('stores what was sent, normalised', async () => {
    const cliente = await criarCliente(aCaller(), {
      nome: '  Érica   Muñoz 日本 ',
      documento: '529.982.247-25',
      emails: ['Erica@Exemplo.com.br', 'erica@exemplo.com.br'],
      telefones: ['(11) 98765-4321'],
      etiquetas: ['VIP', 'vip', ' São Paulo '],
    });
    expect(cliente).toMatchObject({
      nome: 'Érica Muñoz 日本',
      documento: '52998224725',
      emails: ['erica@exemplo.com.br'],
      telefones: ['+5511987654321'],
      etiquetas: ['São Paulo', 'vip'],
      ativo: true,
      versao: 1,
    });
  });

  it.each([
    ['a name of spaces', { nome: '   ' }, 'dados.nome'],
    ['a huge name', { nome: 'x'.repeat(201) }, 'dados.nome'],
    ['an unstorable name', { nome: 'a\u0000b' }, 'dados.nome'],
    ['half a character', { nome: 'a\ud800b' }, 'dados.nome'],
    ['a wrong CPF', { documento: '529.982.247-24' }, 'dados.documento'],
    ['a CNPJ for a person', { documento: '12ABC34501DE35' }, 'dados.documento'],
    ['a bad e-mail', { emails: ['a@b.com', 'nope'] }, 'dados.emails.1'],
    ['too many etiquetas', { etiquetas: Array.from({ length: 51 }, String) }, 'dados.etiquetas'],
    ['an unknown tipo', { tipo: 'OUTRA' }, 'dados.tipo'],
    ['an unknown field', { apelido: 'x' }, 'dados.apelido'],
    ['a null name', { nome: null }, 'dados.nome'],
  ])('refuses %s, naming the field and writing nothing', async (_, wrong, campo) => {
    const caller = aCaller();
    const extensions = await codeOf(caller, criar, { dados: { tipo: 'FISICA', nome: 'Ana', ...wrong } });
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', campos: [{ campo }] });
    expect((await data(caller, '{ clientes { totalCount } }')).clientes.totalCount).toBe(0);
  });

  it('refuses values written into the document in the same way', async () => {
    const query = 'mutation { criarCliente(dados: { tipo: FISICA, nome: "Ana", documento: "123" }) { id } }';
    expect(await codeOf(aCaller(), query)).toMatchObject({
      code: 'BAD_USER_INPUT',
      campos: [{ campo: 'dados.documento' }],
    });
  });

  it('lets one of 20 concurrent requests have a document', async () => {
    const caller = aCaller();
    const dados = { tipo: 'FISICA', nome: 'Ana', documento: '52998224725' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => run(caller, criar, { dados })));
    expect(answers.filter(({ errors }) => !errors)).toHaveLength(1);
    for (const { errors } of answers.filter(({ errors }) => errors)) {
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', motivo: 'DOCUMENTO_JA_CADASTRADO' });
    }
  });

  it('lets two organizations have the same document', async () => {
    await criarCliente(aCaller(), { documento: '52998224725' });
    await expect(criarCliente(aCaller(), { documento: '52998224725' })).resolves.toBeTruthy();
  });

  it('needs a signed-in person with the permission', async () => {
    const dados = { tipo: 'FISICA', nome: 'Ana' };
    expect(await codeOf(null, criar, { dados })).toMatchObject({ code: 'UNAUTHENTICATED' });
    const reader = aCaller({ permissoes: granting(['clientes:ler']) });
    expect(await codeOf(reader, criar, { dados })).toMatchObject({ code: 'FORBIDDEN' });
  });
});

describe('editarCliente', () => {
  const editar = `mutation ($dados: EditarClienteInput!) {
    editarCliente(dados: $dados) { nome documento emails etiquetas versao }
  }`;

  it('leaves what is omitted, empties what is null', async () => {
    const caller = aCaller();
    const { id } = await criarCliente(caller, {
      documento: '52998224725',
      emails: ['a@b.com'],
      etiquetas: ['x'],
    });
    const { editarCliente } = await data(caller, editar, {
      dados: { id, versao: 1, nome: 'Bia', documento: null },
    });
    expect(editarCliente).toEqual({
      nome: 'Bia',
      documento: null,
      emails: ['a@b.com'],
      etiquetas: ['x'],
      versao: 2,
    });
  });

  it('refuses a null where a value must be', async () => {
    const caller = aCaller();
    const { id } = await criarCliente(caller);
    expect(await codeOf(caller, editar, { dados: { id, versao: 1, nome: null } })).toMatchObject({
      code: 'BAD_USER_INPUT',
      campos: [{ campo: 'dados.nome' }],
    });
  });

  it('lets one of 20 concurrent edits of a version win', async () => {
    const caller = aCaller();
    const { id } = await criarCliente(caller);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        run(caller, editar, { dados: { id, versao: 1, nome: `Nome ${i}` } }),
      ),
    );
    expect(answers.filter(({ errors }) => !errors)).toHaveLength(1);
    for (const { errors } of answers.filter(({ errors }) => errors)) {
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT', motivo: 'VERSAO_DESATUALIZADA' });
    }
  });
});

describe('exclusion', () => {
  const excluir =
    'mutation ($dados: ExcluirClienteInput!) { excluirCliente(dados: $dados) { id definitiva } }';
  const reativar = 'mutation ($id: ID!) { reativarCliente(id: $id) { ativo versao } }';
  const nomes = (ativo: boolean) => `{ clientes(filtro: { ativo: ${ativo} }) { edges { node { id } } } }`;

  it('hides softly, and is undone', async () => {
    const caller = aCaller();
    const { id } = await criarCliente(caller);
    await data(caller, excluir, { dados: { id } });
    expect((await data(caller, nomes(true))).clientes.edges).toEqual([]);
    expect((await data(caller, nomes(false))).clientes.edges).toEqual([{ node: { id } }]);
    expect((await data(caller, reativar, { id })).reativarCliente).toEqual({ ativo: true, versao: 3 });
  });

  it('erases with all that is part of the Cliente', async () => {
    const caller = aCaller();
    const { id } = await criarCliente(caller, { etiquetas: ['x'] });
    expect((await data(caller, excluir, { dados: { id, definitivo: true } })).excluirCliente).toEqual({
      id,
      definitiva: true,
    });
    expect((await data(caller, 'query ($id: ID!) { cliente(id: $id) { id } }', { id })).cliente).toBeNull();
  });
});

describe('another organization', () => {
  const withId: [string, string][] = [
    ['cliente', 'query ($id: ID!) { cliente(id: $id) { id } }'],
    [
      'editarCliente',
      'mutation ($id: ID!) { editarCliente(dados: { id: $id, versao: 1, nome: "x" }) { id } }',
    ],
    ['excluirCliente', 'mutation ($id: ID!) { excluirCliente(dados: { id: $id, definitivo: true }) { id } }'],
    ['reativarCliente', 'mutation ($id: ID!) { reativarCliente(id: $id) { id } }'],
    ['adicionarNota', 'mutation ($id: ID!) { adicionarNota(dados: { clienteId: $id, texto: "x" }) { id } }'],
  ];

  it.each(withId)('%s answers a foreign id, an unknown one and no UUID at all alike', async (_, query) => {
    const { id: foreign } = await criarCliente(aCaller());
    const caller = aCaller();
    const answers = await Promise.all(
      [foreign, randomUUID(), 'not an id', ''].map(async (id) => {
        const { data, errors } = await run(caller, query, { id });
        return JSON.stringify({ data, errors });
      }),
    );
    expect(new Set(answers).size).toBe(1);
  });
});

describe('clientes', () => {
  const listar = `query ($first: Int, $after: String, $last: Int, $before: String, $filtro: ClienteFiltro, $ordem: ClienteOrdem) {
    clientes(first: $first, after: $after, last: $last, before: $before, filtro: $filtro, ordem: $ordem) {
      edges { cursor node { nome } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount
    }
  }`;
  const caller = aCaller();
  const nomes = ['Álvaro', 'alvaro', 'Bruna', 'Çelik', 'Davi', 'Érica', 'fábio', 'Gil', 'Gil', 'Zé'];
  beforeAll(async () => {
    for (const nome of nomes) await criarCliente(caller, { nome });
  });

  const walk = async (ordem: string, backward: boolean): Promise<string[]> => {
    const found: string[] = [];
    let cursor: string | null = null;
    for (let pages = 0; pages < 10; pages += 1) {
      const variables: Record<string, unknown> = backward
        ? { last: 3, before: cursor, ordem }
        : { first: 3, after: cursor, ordem };
      const page = (await data(caller, listar, variables)).clientes;
      const names = page.edges.map(({ node }: { node: { nome: string } }) => node.nome);
      if (backward) found.unshift(...names);
      else found.push(...names);
      cursor = backward ? page.pageInfo.startCursor : page.pageInfo.endCursor;
      if (!(backward ? page.pageInfo.hasPreviousPage : page.pageInfo.hasNextPage)) return found;
    }
    throw new Error('the list does not end');
  };

  it.each([
    'NOME_ASC',
    'NOME_DESC',
    'CRIADO_EM_ASC',
    'CRIADO_EM_DESC',
    'ATUALIZADO_EM_ASC',
    'ATUALIZADO_EM_DESC',
  ])('walks %s forwards and backwards over the same rows, none twice and none left out', async (ordem) => {
    const forwards = await walk(ordem, false);
    expect([...forwards].sort()).toEqual([...nomes].sort());
    expect(await walk(ordem, true)).toEqual(forwards);
  });

  it('orders names without regard to accents and case', async () => {
    const walked = await walk('NOME_ASC', false);
    expect(walked.slice(2)).toEqual(['Bruna', 'Çelik', 'Davi', 'Érica', 'fábio', 'Gil', 'Gil', 'Zé']);
  });

  it('counts only when asked', async () => {
    const { texts } = await countStatements(() =>
      data(caller, '{ clientes(first: 1) { edges { node { id } } } }'),
    );
    expect(texts).toHaveLength(1);
    const counted = await countStatements(() =>
      data(caller, '{ clientes(first: 1) { edges { node { id } } totalCount } }'),
    );
    expect(counted.texts).toHaveLength(2);
  });

  it.each([
    [{ first: 101 }, 'first'],
    [{ first: -1 }, 'first'],
    [{ first: 1, last: 1 }, 'last'],
    [{ first: 1, after: 'bm9wZQ' }, 'after'],
    [{ first: 1, after: '💥' }, 'after'],
    [{ first: 1, before: 'x' }, 'before'],
    [{ last: 1, after: 'x' }, 'last'],
  ])('refuses the page %j', async (page, campo) => {
    expect(await codeOf(caller, listar, page)).toMatchObject({ code: 'BAD_USER_INPUT', campos: [{ campo }] });
  });

  it.each([
    ['NOME_ASC', 'a\u0000b'],
    ['NOME_ASC', 'a\ud800b'],
    ['CRIADO_EM_ASC', 'ontem'],
    ['CRIADO_EM_ASC', '0000-01-01T00:00:00.000Z'],
    ['CRIADO_EM_DESC', '-000001-01-01T00:00:00.000Z'],
    ['ATUALIZADO_EM_ASC', '+275760-09-12T00:00:00.000Z'],
  ])('refuses a cursor of %s that was made up around %j', async (ordem, valor) => {
    const after = Buffer.from(JSON.stringify([ordem, valor, randomUUID()])).toString('base64url');
    expect(await codeOf(caller, listar, { after, ordem })).toMatchObject({ code: 'BAD_USER_INPUT' });
  });

  it('refuses the cursor of another order', async () => {
    const { pageInfo } = (await data(caller, listar, { first: 1, ordem: 'NOME_ASC' })).clientes;
    expect(
      await codeOf(caller, listar, { first: 1, after: pageInfo.endCursor, ordem: 'NOME_DESC' }),
    ).toMatchObject({
      code: 'BAD_USER_INPUT',
    });
  });
});

describe('busca', () => {
  const caller = aCaller();
  beforeAll(async () => {
    await criarCliente(caller, {
      nome: 'João da Silva',
      documento: '52998224725',
      emails: ['joao.silva@exemplo.com.br'],
      telefones: ['11987654321'],
      etiquetas: ['VIP', 'Atacado'],
    });
    await criarCliente(caller, {
      tipo: 'JURIDICA',
      nome: "D'Ávila & 3M-Brasil Ltda.",
      documento: '12ABC34501DE35',
    });
    await criarCliente(caller, { nome: 'Maria Joana Simões', etiquetas: ['vip'] });
    await criarCliente(aCaller(), { nome: 'João da Silva de Outra Organização' });
  });

  const buscar = async (filtro: Record<string, unknown>): Promise<string[]> => {
    const query =
      'query ($filtro: ClienteFiltro) { clientes(filtro: $filtro) { edges { node { nome } } totalCount } }';
    const { edges, totalCount } = (await data(caller, query, { filtro })).clientes;
    expect(totalCount).toBe(edges.length);
    return edges.map(({ node }: { node: { nome: string } }) => node.nome.split(' ')[0]);
  };

  it.each([
    ['joao si', ['João']],
    ['SILVA JOAO', ['João']],
    ['joã', ['João', 'Maria']],
    ['joao-silva', ['João']],
    ['joana', ['Maria']],
    ['jo', ['João', 'Maria']],
    ['529.982', ['João']],
    ['52998224725', ['João']],
    ['12.abc.345', ["D'Ávila"]],
    ['98765-4321', ['João']],
    ['(11) 98765-4321', ['João']],
    ['+55 11 98765-4321', ['João']],
    ['8765-4321', ['João']],
    ['joao.silva@', ['João']],
    ['exemplo.com', ['João']],
    ["d'avila", ["D'Ávila"]],
    ['3m', ["D'Ávila"]],
    ['oao', []],
    ['%', []],
    ["' OR 1=1 --", []],
    ['', ["D'Ávila", 'João', 'Maria']],
  ])('finds %j', async (busca, expected) => {
    expect(await buscar({ busca })).toEqual(expected);
  });

  it('takes no more words than it can afford', async () => {
    const busca = 'a b c d e f g h i';
    const query = 'query ($filtro: ClienteFiltro!) { clientes(filtro: $filtro) { totalCount } }';
    expect(await codeOf(caller, query, { filtro: { busca } })).toMatchObject({
      code: 'BAD_USER_INPUT',
      campos: [{ campo: 'filtro.busca' }],
    });
  });

  it('adds its conditions up', async () => {
    expect(await buscar({ etiquetas: ['vip'] })).toEqual(['João', 'Maria']);
    expect(await buscar({ etiquetas: ['VIP', 'atacado'] })).toEqual(['João']);
    expect(await buscar({ etiquetas: ['vip'], busca: 'joana' })).toEqual(['Maria']);
    expect(await buscar({ criadoDesde: '2999-01-01T00:00:00Z' })).toEqual([]);
    expect(await buscar({ criadoAntesDe: '2999-01-01T00:00:00Z', busca: 'joana' })).toEqual(['Maria']);
    expect(await buscar({ responsavelId: randomUUID() })).toEqual([]);
  });
});
