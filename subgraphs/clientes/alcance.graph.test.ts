import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import type { Caller } from '../../platform/caller';
import { type Alcance, alcances } from '../../platform/permissions';
import { cpfCheckDigits } from '../../platform/scalars/cpf';
import { countStatements } from '../../platform/testing/count-statements';
import { alcancados, type Dono, donos } from '../testing/equipes';
import { type Alvo, startAlcance } from './testing/start-alcance';

let mundo: Awaited<ReturnType<typeof startAlcance>>;
let admin: Client;
let carteira: Awaited<ReturnType<typeof mundo.novaCarteira>>;
beforeAll(async () => {
  mundo = await startAlcance();
  admin = new Client(mundo.database.adminUrl);
  await admin.connect();
  carteira = await mundo.novaCarteira();
});
afterAll(async () => {
  await admin.end();
  await mundo.stop();
});

const fields = 'id nome documento enderecos { id } notas { edges { node { id } } totalCount } etiquetas';
const porId = `query ($id: ID!) { cliente(id: $id) { ${fields} } }`;
const porReferencia = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Cliente { ${fields} } } }`;
const pagina = `query ($filtro: ClienteFiltro!, $ordem: ClienteOrdem!, $first: Int, $after: String, $last: Int, $before: String) {
  clientes(filtro: $filtro, ordem: $ordem, first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { id } } pageInfo { hasNextPage hasPreviousPage } totalCount
  }
}`;
const todos = { ativo: true };

const idsDe = (alcance: Alcance, { alvos } = carteira) =>
  alcancados[alcance].map((dono) => alvos[dono].clienteId).sort();

type Page = { edges: { cursor: string; node: { id: string } }[]; totalCount: number };
const ids = ({ edges }: Page) => edges.map(({ node }) => node.id).sort();

const listar = async (caller: Caller, filtro: object, ordem = 'NOME_ASC'): Promise<Page> =>
  (await mundo.data(caller, pagina, { filtro: { ...todos, ...filtro }, ordem })).clientes;

describe.each(alcances)('with the reach %s', (alcance) => {
  it('a Cliente is there, alone and by reference, when its owner is within reach', async () => {
    const quem = carteira.quem(alcance);
    const missing = await mundo.run(quem, porId, { id: randomUUID() });
    for (const dono of donos) {
      const { clienteId: id, enderecoId, notaId } = carteira.alvos[dono];
      const answer = await mundo.run(quem, porId, { id });
      const r = [{ __typename: 'Cliente', id }];
      const [referred] = (await mundo.data(quem, porReferencia, { r }))._entities;
      expect(referred).toEqual(answer.data?.cliente);
      if (alcancados[alcance].includes(dono)) {
        expect(answer.data?.cliente).toMatchObject({
          id,
          enderecos: [{ id: enderecoId }],
          notas: { edges: [{ node: { id: notaId } }], totalCount: 1 },
        });
      } else {
        expect(JSON.stringify(answer)).toBe(JSON.stringify(missing));
      }
    }
  });

  it.each([
    'NOME_ASC',
    'NOME_DESC',
    'CRIADO_EM_ASC',
    'CRIADO_EM_DESC',
    'ATUALIZADO_EM_ASC',
    'ATUALIZADO_EM_DESC',
  ])('lists have those and no others, page by page in the order %s, both ways', async (ordem) => {
    const quem = carteira.quem(alcance);
    const whole = await listar(quem, {}, ordem);
    expect(ids(whole)).toEqual(idsDe(alcance));
    expect(whole.totalCount).toBe(idsDe(alcance).length);
    const sequence = whole.edges.map(({ node }) => node.id);
    const walk = async (size: string, cursor: string) => {
      const seen: string[] = [];
      for (let at: string | null = null; seen.length <= donos.length; ) {
        const variables: Record<string, unknown> = {
          filtro: todos,
          ordem,
          [size]: 1,
          ...(at && { [cursor]: at }),
        };
        const { edges }: Page = (await mundo.data(quem, pagina, variables)).clientes;
        if (!edges[0]) return seen;
        seen.push(edges[0].node.id);
        at = edges[0].cursor;
      }
      return seen;
    };
    expect(await walk('first', 'after')).toEqual(sequence);
    expect(await walk('last', 'before')).toEqual([...sequence].reverse());
  });

  it.each<[string, object]>([
    ['a search by name', { busca: 'client' }],
    ['a search by two words', { busca: 'cliente c' }],
    ['an etiqueta', { etiquetas: ['TODOS'] }],
    ['an instant', { criadoDesde: '2000-01-01T00:00:00Z' }],
  ])('%s finds and counts no others', async (_, filtro) => {
    const found = await listar(carteira.quem(alcance), filtro);
    const whole = ids(await listar(carteira.quem('TODOS'), filtro));
    expect(whole.length).toBeGreaterThan(0);
    const expected = whole.filter((id) => idsDe(alcance).includes(id));
    expect({ ids: ids(found), total: found.totalCount }).toEqual({ ids: expected, total: expected.length });
  });

  it('asking for somebody’s Clientes gives those within reach', async () => {
    for (const dono of ['eu', 'colega', 'estranho'] as const) {
      const { edges, totalCount } = await listar(carteira.quem(alcance), {
        responsavelId: carteira.pessoas[dono],
      });
      const isWithin = alcancados[alcance].includes(dono);
      expect(edges.map(({ node }) => node.id)).toEqual(isWithin ? [carteira.alvos[dono].clienteId] : []);
      expect(totalCount).toBe(isWithin ? 1 : 0);
    }
  });
});

type Mudanca = { readonly query: string; readonly args: (alvo: Alvo) => Record<string, unknown> };
const endereco = 'logradouro: "Rua", cidade: "Recife", uf: PE, cep: "50000000"';
const mudancas: Readonly<Record<string, Mudanca>> = {
  editarCliente: {
    query: 'mutation ($id: ID!) { editarCliente(dados: { id: $id, versao: 1, nome: "Outro" }) { id nome } }',
    args: ({ clienteId }) => ({ id: clienteId }),
  },
  excluirCliente: {
    query: 'mutation ($id: ID!) { excluirCliente(dados: { id: $id }) { definitiva } }',
    args: ({ clienteId }) => ({ id: clienteId }),
  },
  apagarCliente: {
    query: 'mutation ($id: ID!) { excluirCliente(dados: { id: $id, definitivo: true }) { definitiva } }',
    args: ({ clienteId }) => ({ id: clienteId }),
  },
  reativarCliente: {
    query: 'mutation ($id: ID!) { reativarCliente(id: $id) { ativo } }',
    args: ({ clienteId }) => ({ id: clienteId }),
  },
  adicionarEndereco: {
    query: `mutation ($id: ID!) { adicionarEndereco(dados: { clienteId: $id, ${endereco} }) { cidade } }`,
    args: ({ clienteId }) => ({ id: clienteId }),
  },
  editarEndereco: {
    query: `mutation ($id: ID!) { editarEndereco(dados: { id: $id, versao: 1, ${endereco} }) { cidade } }`,
    args: ({ enderecoId }) => ({ id: enderecoId }),
  },
  excluirEndereco: {
    query: 'mutation ($id: ID!) { excluirEndereco(dados: { id: $id }) { definitiva } }',
    args: ({ enderecoId }) => ({ id: enderecoId }),
  },
  adicionarNota: {
    query: 'mutation ($id: ID!) { adicionarNota(dados: { clienteId: $id, texto: "x" }) { texto } }',
    args: ({ clienteId }) => ({ id: clienteId }),
  },
  editarNota: {
    query: 'mutation ($id: ID!) { editarNota(dados: { id: $id, versao: 1, texto: "x" }) { texto } }',
    args: ({ notaId }) => ({ id: notaId }),
  },
  excluirNota: {
    query: 'mutation ($id: ID!) { excluirNota(dados: { id: $id }) { definitiva } }',
    args: ({ notaId }) => ({ id: notaId }),
  },
};

/** All that the domain holds of an organization and has told of it; of refusals the audit is told as well. */
const contents = async (organizacaoId: string): Promise<string> => {
  const held: unknown[] = [];
  for (const table of ['cliente', 'endereco', 'nota', 'etiqueta', 'termo_busca', 'teia.outbox']) {
    const { rows } = await admin.query(
      `SELECT to_jsonb(t) AS row FROM ${table} t
       WHERE organizacao_id = $1 AND to_jsonb(t)->>'tipo' IS DISTINCT FROM 'RegistroDeAuditoria' ORDER BY 1`,
      [organizacaoId],
    );
    held.push(rows);
  }
  return JSON.stringify(held);
};

describe.each(Object.keys(mudancas))('%s', (nome) => {
  const { query, args } = mudancas[nome]!;

  it.each(alcances)('within the reach %s changes that, and finds nothing beyond it', async (alcance) => {
    const { organizacaoId, quem, alvos } = await mundo.novaCarteira();
    const nada = { clienteId: randomUUID(), enderecoId: randomUUID(), notaId: randomUUID() };
    const missing = await mundo.run(quem(alcance), query, args(nada));
    expect(missing.errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
    const before = await contents(organizacaoId);
    for (const dono of donos.filter((dono) => !alcancados[alcance].includes(dono))) {
      const answer = await mundo.run(quem(alcance), query, args(alvos[dono]));
      expect(JSON.stringify(answer)).toBe(JSON.stringify(missing));
    }
    expect(await contents(organizacaoId)).toBe(before);
    for (const dono of alcancados[alcance]) {
      const { errors } = await mundo.run(quem(alcance), query, args(alvos[dono]));
      expect(errors).toBeUndefined();
    }
  });

  it('goes no further than what may be read, nor than what may be changed', async () => {
    const { quem, alvos } = carteira;
    const deMim = quem('TODOS', { 'clientes:escrever': 'PROPRIOS', 'clientes:excluir': 'PROPRIOS' });
    const soVejoOsMeus = quem('TODOS', { 'clientes:ler': 'PROPRIOS' });
    for (const caller of [deMim, soVejoOsMeus]) {
      const { errors } = await mundo.run(caller, query, args(alvos.colega));
      expect(errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
    }
    const semLer = quem('TODOS', { 'clientes:ler': undefined });
    const { errors } = await mundo.run(semLer, query, args(alvos.eu));
    expect(errors?.[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});

describe('whose a Cliente may become', () => {
  const criar =
    'mutation ($dados: CriarClienteInput!) { criarCliente(dados: $dados) { id responsavel { id } } }';
  const editar =
    'mutation ($dados: EditarClienteInput!) { editarCliente(dados: $dados) { id responsavel { id } } }';
  const dados = { tipo: 'FISICA', nome: 'Novo' };
  const fora = { code: 'FORBIDDEN', motivo: 'FORA_DO_ALCANCE' };

  it.each(alcances)('lies within the reach %s', async (alcance) => {
    const { quem, pessoas, organizacaoId, alvos } = await mundo.novaCarteira();
    for (const dono of donos) {
      const responsavelId = pessoas[dono];
      const isWithin = alcancados[alcance].includes(dono);
      const before = await contents(organizacaoId);
      const edicao = { id: alvos.eu.clienteId, versao: 1, responsavelId };
      const answers = [await mundo.run(quem(alcance), editar, { dados: edicao })];
      if (dono !== 'ninguem') {
        answers.push(await mundo.run(quem(alcance), criar, { dados: { ...dados, responsavelId } }));
      }
      for (const { data, errors } of answers) {
        if (!isWithin) expect(errors?.[0]?.extensions).toMatchObject(fora);
        else
          expect(Object.values(data ?? {})).toMatchObject([
            { responsavel: responsavelId && { id: responsavelId } },
          ]);
      }
      if (!isWithin) expect(await contents(organizacaoId)).toBe(before);
      else
        await admin.query('UPDATE cliente SET versao = 1, responsavel_id = $2 WHERE id = $1', [
          alvos.eu.clienteId,
          pessoas.eu,
        ]);
    }
  });

  it('is its creator when nobody is named, unless they reach all', async () => {
    const { quem, pessoas } = carteira;
    for (const alcance of alcances) {
      for (const nomeado of [{}, { responsavelId: null }]) {
        const caller = quem('TODOS', { 'clientes:escrever': alcance });
        const { criarCliente } = await mundo.data(caller, criar, { dados: { ...dados, ...nomeado } });
        expect(criarCliente.responsavel).toEqual(alcance === 'TODOS' ? null : { id: pessoas.eu });
        await mundo.data(
          quem('TODOS'),
          'mutation ($id: ID!) { excluirCliente(dados: { id: $id, definitivo: true }) { id } }',
          { id: criarCliente.id },
        );
      }
    }
  });

  it('is answered alike for ids of strangers, of other organizations and of nobody', async () => {
    const { quem, pessoas } = carteira;
    const answers = await Promise.all(
      [pessoas.estranho, randomUUID(), 'not an id'].map((responsavelId) =>
        mundo.run(quem('EQUIPE'), criar, { dados: { ...dados, responsavelId } }),
      ),
    );
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });
});

describe('documents', () => {
  const masked: Readonly<Record<Dono, string>> = {
    eu: '***.982.247-**',
    colega: '**.ABC.345/****-**',
    estranho: '***.444.777-**',
    ninguem: '**.222.333/****-**',
  };
  const vistas = [undefined, ...alcances];
  const combinacoes = alcances.flatMap((ler) => vistas.map((ver) => [ler, ver] as const));
  const inteiros = (ler: Alcance, ver: Alcance | undefined): readonly Dono[] =>
    ver ? alcancados[ler].filter((dono) => alcancados[ver].includes(dono)) : [];

  it.each(combinacoes)('of those read as %s are whole as far as %s, on every path', async (ler, ver) => {
    const { quem, alvos } = carteira;
    const caller = quem('TODOS', { 'clientes:ler': ler, 'clientes:verDocumento': ver });
    const list = (await mundo.data(caller, '{ clientes { edges { node { id documento } } } }')).clientes
      .edges;
    const r = alcancados[ler].map((dono) => ({ __typename: 'Cliente', id: alvos[dono].clienteId }));
    const referred = (await mundo.data(caller, porReferencia, { r }))._entities;
    for (const [n, dono] of alcancados[ler].entries()) {
      const id = alvos[dono].clienteId;
      const expected = inteiros(ler, ver).includes(dono) ? mundo.documentos[dono] : masked[dono];
      const point = await mundo.data(caller, porId, { id });
      const changed = await mundo.data(
        caller,
        'mutation ($id: ID!) { reativarCliente(id: $id) { documento } }',
        { id },
      );
      expect([
        list.find(({ node }: { node: { id: string } }) => node.id === id).node.documento,
        referred[n].documento,
        point.cliente.documento,
        changed.reativarCliente.documento,
      ]).toEqual([expected, expected, expected, expected]);
    }
  });

  it.each(combinacoes)('of those read as %s are found by, as far as %s', async (ler, ver) => {
    const caller = carteira.quem('TODOS', { 'clientes:ler': ler, 'clientes:verDocumento': ver });
    for (const dono of donos) {
      const documento = mundo.documentos[dono];
      for (const busca of [
        documento,
        documento.slice(0, 6),
        documento.toLowerCase(),
        `cliente ${documento}`,
      ]) {
        const found = await listar(caller, { busca });
        const expected = inteiros(ler, ver).includes(dono) ? [carteira.alvos[dono].clienteId] : [];
        expect({ busca, ids: ids(found), total: found.totalCount }).toEqual({
          busca,
          ids: expected,
          total: expected.length,
        });
      }
    }
  });

  it('do not keep a telephone with the same digits from being found', async () => {
    const { quem } = await mundo.novaCarteira();
    const digitos = `119876543${cpfCheckDigits('119876543')}`;
    const { criarCliente } = await mundo.data(
      quem('TODOS'),
      `mutation { criarCliente(dados: { tipo: FISICA, nome: "Duas vezes", documento: "${digitos}", telefones: ["${digitos}"] }) { id } }`,
    );
    const semVer = quem('TODOS', { 'clientes:verDocumento': undefined });
    expect(ids(await listar(semVer, { busca: digitos }))).toEqual([criarCliente.id]);
  });

  it('are not hidden from their own mutation’s rules: a masked one is no document', async () => {
    const { quem, alvos } = carteira;
    const { errors } = await mundo.run(
      quem('TODOS'),
      'mutation ($id: ID!) { editarCliente(dados: { id: $id, versao: 1, documento: "***.982.247-**" }) { id } }',
      { id: alvos.eu.clienteId },
    );
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      campos: [{ campo: 'dados.documento' }],
    });
  });

  it('cost no statement to show or to mask, and one when colleagues matter', async () => {
    const custo = async (ver: Alcance | undefined) => {
      const caller = carteira.quem('TODOS', { 'clientes:verDocumento': ver });
      const query = '{ clientes { edges { node { documento } } } }';
      return (await countStatements(() => mundo.data(caller, query))).texts.length;
    };
    expect([await custo(undefined), await custo('PROPRIOS'), await custo('TODOS')]).toEqual([1, 1, 1]);
    expect(await custo('EQUIPE')).toBe(2);
  });
});

describe('when who is in an equipe changes', () => {
  it('what a person who left owns is out of reach, and in again when they return', async () => {
    const { organizacaoId, equipeId, pessoas, quem, alvos } = await mundo.novaCarteira();
    const { eu, colega, estranho } = pessoas as Record<Dono, string>;
    const vistos = async () => {
      const { edges, totalCount } = await listar(quem('EQUIPE'), {});
      expect(totalCount).toBe(edges.length);
      return edges.map(({ node }) => donos.find((dono) => alvos[dono].clienteId === node.id)).sort();
    };
    expect(await vistos()).toEqual(['colega', 'eu']);
    await mundo.contar(organizacaoId, equipeId, [eu]);
    expect(await vistos()).toEqual(['eu']);
    await mundo.contar(organizacaoId, equipeId, [eu, estranho, colega, colega]);
    expect(await vistos()).toEqual(['colega', 'estranho', 'eu']);
    await mundo.contar(organizacaoId, equipeId, []);
    expect(await vistos()).toEqual(['eu']);
  });

  it('a person of no equipe reaches what is their own', async () => {
    const { alvos, quem } = carteira;
    const semEquipe = { ...quem('EQUIPE'), equipes: [] };
    expect(ids(await listar(semEquipe, {}))).toEqual([alvos.eu.clienteId]);
  });
});
