import { randomUUID } from 'node:crypto';
import type { Caller } from '../../platform/caller';
import { openDatabase } from '../../platform/db/open-database';
import { realEnvironment } from '../../platform/environment';
import { type Alcance, alcances } from '../../platform/permissions';
import { PrismaClient } from '../../prisma/vendas/client/client';
import { alcancados, createEquipeTeller, type Dono, donos, novaGente } from '../testing/equipes';
import { createRepositories } from './context';
import { subscribers } from './subscribers';
import { createEventApplier } from './testing/apply-events';
import { startVendas } from './testing/start-vendas';

let vendas: Awaited<ReturnType<typeof startVendas>>;
let contar: ReturnType<typeof createEquipeTeller>;
let stopTelling: () => Promise<void>;
let carteira: Awaited<ReturnType<typeof novaCarteira>>;
beforeAll(async () => {
  vendas = await startVendas();
  const { prisma, stop } = openDatabase<PrismaClient>(PrismaClient, vendas.database.url);
  stopTelling = stop;
  contar = createEquipeTeller(
    { db: prisma, repositories: createRepositories, environment: realEnvironment },
    subscribers,
  );
  carteira = await novaCarteira();
});
afterAll(async () => {
  await stopTelling();
  await vendas.stop();
});

/** A new organization with one Cliente, a Funil of two etapas, and an Oportunidade of each kind of owner. */
const novaCarteira = async () => {
  const gente = novaGente();
  const { organizacaoId, equipeId, pessoas, quem } = gente;
  await contar(organizacaoId, equipeId, [pessoas.eu!, pessoas.colega!]);
  // Of another equipe, and of one of another organization that has the same id, nobody is a colleague.
  await contar(organizacaoId, randomUUID(), [pessoas.colega!, pessoas.estranho!]);
  await contar(randomUUID(), equipeId, [pessoas.estranho!]);
  const admin = quem('TODOS');
  const clienteId = vendas.conhecer('clientes', admin);
  for (const dono of ['eu', 'colega', 'estranho'] as const)
    vendas.conhecer('usuarios', admin, true, pessoas[dono]!);
  const funil = await vendas.criarFunil(admin, ['Contato', 'Proposta']);
  const motivoPerdaId = await vendas.criarMotivo(admin);
  const ids = {} as Record<Dono, string>;
  for (const [n, dono] of donos.entries()) {
    const dados = {
      titulo: dono,
      clienteId,
      funilId: funil.id,
      valor: { centavos: 10 ** n },
      responsavelId: pessoas[dono],
    };
    ids[dono] = (await vendas.criarOportunidade(admin, dados)).id;
  }
  return { ...gente, clienteId, funil, motivoPerdaId, ids, etapaIds: funil.etapas.map(({ id }) => id) };
};

const fields = 'id titulo responsavel { id } historico { edges { node { tipo } } totalCount }';
const porId = `query ($id: ID!) { oportunidade(id: $id) { ${fields} } }`;
const porReferencia = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Oportunidade { ${fields} } } }`;
const doCliente = `query ($r: [_Any!]!, $first: Int, $after: String) { _entities(representations: $r) { ... on Cliente {
  oportunidades(first: $first, after: $after) { edges { cursor node { titulo } } pageInfo { hasNextPage } totalCount }
  valorEmAberto { centavos }
} } }`;
const pagina = `query ($filtro: OportunidadeFiltro!, $ordem: OportunidadeOrdem!, $first: Int, $after: String, $last: Int, $before: String) {
  oportunidades(filtro: $filtro, ordem: $ordem, first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { titulo } } totalCount
  }
}`;

type Page = { edges: { cursor: string; node: { titulo: string } }[]; totalCount: number };
const titulos = ({ edges }: Page) => edges.map(({ node }) => node.titulo);
const emOrdem = (nomes: readonly string[]) => [...nomes].sort();

const listar = async (caller: Caller, filtro: object, ordem = 'CRIADA_EM_DESC'): Promise<Page> =>
  (await vendas.data(caller, pagina, { filtro: { ativo: true, ...filtro }, ordem })).oportunidades;

describe.each(alcances)('with the reach %s', (alcance) => {
  it('an Oportunidade is there with its history, alone and by reference, when its owner is within reach', async () => {
    const quem = carteira.quem(alcance);
    const missing = await vendas.run(quem, porId, { id: randomUUID() });
    for (const dono of donos) {
      const id = carteira.ids[dono];
      const answer = await vendas.run(quem, porId, { id });
      const [referred] = (await vendas.data(quem, porReferencia, { r: [{ __typename: 'Oportunidade', id }] }))
        ._entities;
      expect(referred).toEqual(answer.data?.oportunidade);
      if (alcancados[alcance].includes(dono)) {
        expect(answer.data?.oportunidade).toMatchObject({ id, historico: { totalCount: 1 } });
      } else {
        expect(JSON.stringify(answer)).toBe(JSON.stringify(missing));
      }
    }
  });

  it.each(['CRIADA_EM_DESC', 'CRIADA_EM_ASC', 'POSICAO'])(
    'lists and boards have those and no others, page by page in the order %s, both ways',
    async (ordem) => {
      const quem = carteira.quem(alcance);
      const filtro = { ativo: true, etapaId: carteira.etapaIds[0], situacao: 'ABERTA' };
      const whole = await listar(quem, filtro, ordem);
      expect(emOrdem(titulos(whole))).toEqual(emOrdem(alcancados[alcance]));
      expect(whole.totalCount).toBe(alcancados[alcance].length);
      const walk = async (size: string, cursor: string) => {
        const seen: string[] = [];
        for (let at: string | null = null; seen.length <= donos.length; ) {
          const variables: Record<string, unknown> = {
            filtro,
            ordem,
            [size]: 1,
            ...(at && { [cursor]: at }),
          };
          const { edges }: Page = (await vendas.data(quem, pagina, variables)).oportunidades;
          if (!edges[0]) return seen;
          seen.push(edges[0].node.titulo);
          at = edges[0].cursor;
        }
        return seen;
      };
      expect(await walk('first', 'after')).toEqual(titulos(whole));
      expect(await walk('last', 'before')).toEqual(titulos(whole).reverse());
    },
  );

  it('filters find and count no others', async () => {
    const { quem, funil, etapaIds, clienteId, pessoas } = carteira;
    const filtros = [
      {},
      { funilId: funil.id },
      { etapaId: etapaIds[0] },
      { clienteId },
      { situacao: 'ABERTA' },
      { responsavelId: pessoas.colega },
      { responsavelId: pessoas.estranho },
    ];
    for (const filtro of filtros) {
      const expected = titulos(await listar(quem('TODOS'), filtro)).filter((titulo) =>
        alcancados[alcance].includes(titulo as Dono),
      );
      const found = await listar(quem(alcance), filtro);
      expect({ filtro, titulos: titulos(found), total: found.totalCount }).toEqual({
        filtro,
        titulos: expected,
        total: expected.length,
      });
    }
  });

  it('a Cliente shows, counts and adds up those and no others', async () => {
    const { quem, clienteId } = carteira;
    const r = [{ __typename: 'Cliente', id: clienteId }];
    const whole = (await vendas.data(quem(alcance), doCliente, { r }))._entities[0];
    const vistos = alcancados[alcance];
    expect(emOrdem(titulos(whole.oportunidades))).toEqual(emOrdem(vistos));
    expect(whole.oportunidades.totalCount).toBe(vistos.length);
    const soma = vistos.reduce((total, dono) => total + 10 ** donos.indexOf(dono), 0);
    expect(whole.valorEmAberto).toEqual([{ centavos: soma }]);
    const first = (await vendas.data(quem(alcance), doCliente, { r, first: 1 }))._entities[0].oportunidades;
    expect(first.pageInfo.hasNextPage).toBe(vistos.length > 1);
    const rest = await vendas.data(quem(alcance), doCliente, { r, after: first.edges[0].cursor });
    expect([...titulos(first), ...titulos(rest._entities[0].oportunidades)]).toEqual(
      titulos(whole.oportunidades),
    );
  });
});

type Carteira = Awaited<ReturnType<typeof novaCarteira>>;
type Mudanca = {
  readonly query: string;
  /** What has to be done first, by somebody who reaches all. */
  readonly antes?: string;
  readonly args?: (carteira: Carteira) => Record<string, unknown>;
};
const ganhar = 'mutation ($id: ID!) { ganharOportunidade(dados: { id: $id }) { situacao } }';
const excluir = 'mutation ($id: ID!) { excluirOportunidade(dados: { id: $id }) { definitiva } }';
const mudancas: Readonly<Record<string, Mudanca>> = {
  editarOportunidade: {
    query:
      'mutation ($id: ID!) { editarOportunidade(dados: { id: $id, versao: 1, titulo: "Outra" }) { titulo } }',
  },
  moverOportunidade: {
    query:
      'mutation ($id: ID!, $etapaId: ID!) { moverOportunidade(dados: { id: $id, etapaId: $etapaId }) { versao } }',
    args: ({ etapaIds }) => ({ etapaId: etapaIds[1] }),
  },
  ganharOportunidade: { query: ganhar },
  perderOportunidade: {
    query:
      'mutation ($id: ID!, $motivo: ID!) { perderOportunidade(dados: { id: $id, motivoPerdaId: $motivo }) { situacao } }',
    args: ({ motivoPerdaId }) => ({ motivo: motivoPerdaId }),
  },
  reabrirOportunidade: {
    antes: ganhar,
    query: 'mutation ($id: ID!) { reabrirOportunidade(id: $id) { situacao } }',
  },
  excluirOportunidade: { query: excluir },
  apagarOportunidade: {
    query: 'mutation ($id: ID!) { excluirOportunidade(dados: { id: $id, definitivo: true }) { definitiva } }',
  },
  reativarOportunidade: {
    antes: excluir,
    query: 'mutation ($id: ID!) { reativarOportunidade(id: $id) { ativo } }',
  },
};

/** All that the domain holds of an organization and has told of it; of refusals the audit is told as well. */
const contents = async (caller: Caller): Promise<string> => {
  const held: string[][] = [];
  for (const table of ['oportunidade', 'historico_oportunidade', 'teia.outbox']) {
    const rows = await vendas.rowsOf(table, caller);
    const told = rows.filter(({ tipo }) => tipo !== 'RegistroDeAuditoria');
    held.push(told.map((row) => JSON.stringify(row)).sort());
  }
  return JSON.stringify(held);
};

describe.each(Object.keys(mudancas))('%s', (nome) => {
  const { query, antes, args = () => ({}) } = mudancas[nome]!;

  it.each(alcances)('within the reach %s changes that, and finds nothing beyond it', async (alcance) => {
    const nova = await novaCarteira();
    const { ids, quem } = nova;
    if (antes) for (const dono of donos) await vendas.data(quem('TODOS'), antes, { id: ids[dono] });
    const missing = await vendas.run(quem(alcance), query, { id: randomUUID(), ...args(nova) });
    expect(missing.errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
    const before = await contents(quem('TODOS'));
    for (const dono of donos.filter((dono) => !alcancados[alcance].includes(dono))) {
      const answer = await vendas.run(quem(alcance), query, { id: ids[dono], ...args(nova) });
      expect(JSON.stringify(answer)).toBe(JSON.stringify(missing));
    }
    expect(await contents(quem('TODOS'))).toBe(before);
    for (const dono of alcancados[alcance]) {
      const { errors } = await vendas.run(quem(alcance), query, { id: ids[dono], ...args(nova) });
      expect(errors).toBeUndefined();
    }
  });

  it('goes no further than what may be read, nor than what may be changed', async () => {
    const { quem, ids } = carteira;
    const deMim = quem('TODOS', { 'vendas:escrever': 'PROPRIOS', 'vendas:excluir': 'PROPRIOS' });
    const soVejoAsMinhas = quem('TODOS', { 'vendas:ler': 'PROPRIOS' });
    for (const caller of [deMim, soVejoAsMinhas]) {
      expect(await vendas.errorOf(caller, query, { id: ids.colega, ...args(carteira) })).toMatchObject({
        code: 'NOT_FOUND',
      });
    }
    const semLer = quem('TODOS', { 'vendas:ler': undefined });
    expect(await vendas.errorOf(semLer, query, { id: ids.eu, ...args(carteira) })).toMatchObject({
      code: 'FORBIDDEN',
    });
  });
});

describe('a place on the board', () => {
  const mover = `mutation ($id: ID!, $etapaId: ID!, $aposId: ID) {
    moverOportunidade(dados: { id: $id, etapaId: $etapaId, aposId: $aposId }) { id }
  }`;

  it.each(alcances)(
    'within the reach %s is named by a card within it; others stay where they are',
    async (alcance) => {
      const { quem, ids, etapaIds } = await novaCarteira();
      const [etapaId] = etapaIds;
      const missing = await vendas.run(quem(alcance), mover, { id: ids.eu, etapaId, aposId: randomUUID() });
      for (const dono of donos.filter((dono) => dono !== 'eu')) {
        const answer = await vendas.run(quem(alcance), mover, { id: ids.eu, etapaId, aposId: ids[dono] });
        if (alcancados[alcance].includes(dono)) {
          const order = await vendas.cards(quem('TODOS'), etapaId!);
          expect(order.indexOf(ids.eu)).toBe(order.indexOf(ids[dono]) + 1);
          expect([...order].sort()).toEqual(Object.values(ids).sort());
        } else {
          expect(JSON.stringify(answer)).toBe(JSON.stringify(missing));
        }
      }
    },
  );

  it('on top is above cards that its mover does not see', async () => {
    const { quem, ids, etapaIds } = await novaCarteira();
    await vendas.data(quem('PROPRIOS'), mover, { id: ids.eu, etapaId: etapaIds[0] });
    expect((await vendas.cards(quem('TODOS'), etapaIds[0]!))[0]).toBe(ids.eu);
  });
});

describe('whose an Oportunidade may become', () => {
  const fora = { code: 'FORBIDDEN', motivo: 'FORA_DO_ALCANCE' };
  const criar =
    'mutation ($dados: CriarOportunidadeInput!) { criarOportunidade(dados: $dados) { id responsavel { id } } }';
  const editar =
    'mutation ($dados: EditarOportunidadeInput!) { editarOportunidade(dados: $dados) { id responsavel { id } } }';
  const nova = ({ clienteId, funil }: Carteira) => ({
    titulo: 'Nova',
    clienteId,
    funilId: funil.id,
    valor: { centavos: 1 },
  });

  it.each(alcances)('lies within the reach %s', async (alcance) => {
    const aqui = await novaCarteira();
    const { quem, pessoas, ids } = aqui;
    for (const dono of donos) {
      const responsavelId = pessoas[dono];
      const before = await contents(quem('TODOS'));
      const { versao } = (
        await vendas.data(quem('TODOS'), 'query ($id: ID!) { oportunidade(id: $id) { versao } }', {
          id: ids.eu,
        })
      ).oportunidade;
      const answers = [
        await vendas.run(quem(alcance), editar, { dados: { id: ids.eu, versao, responsavelId } }),
      ];
      if (responsavelId)
        answers.push(await vendas.run(quem(alcance), criar, { dados: { ...nova(aqui), responsavelId } }));
      for (const { data, errors } of answers) {
        if (!alcancados[alcance].includes(dono)) expect(errors?.[0]?.extensions).toMatchObject(fora);
        else
          expect(Object.values(data ?? {})).toMatchObject([
            { responsavel: responsavelId && { id: responsavelId } },
          ]);
      }
      if (!alcancados[alcance].includes(dono)) expect(await contents(quem('TODOS'))).toBe(before);
    }
  });

  it('is its creator when nobody is named, unless they reach all', async () => {
    const aqui = await novaCarteira();
    for (const alcance of alcances) {
      for (const nomeado of [{}, { responsavelId: null }]) {
        const caller = aqui.quem('TODOS', { 'vendas:escrever': alcance });
        const { criarOportunidade } = await vendas.data(caller, criar, {
          dados: { ...nova(aqui), ...nomeado },
        });
        expect(criarOportunidade.responsavel).toEqual(alcance === 'TODOS' ? null : { id: aqui.pessoas.eu });
      }
    }
  });
});

test('an Oportunidade of a person who left the equipe is out of reach, and in again when they return', async () => {
  const { organizacaoId, equipeId, pessoas, quem, clienteId } = await novaCarteira();
  const { eu, colega } = pessoas as Record<Dono, string>;
  const vistos = async (alcance: Alcance) => {
    const r = [{ __typename: 'Cliente', id: clienteId }];
    const { oportunidades } = (await vendas.data(quem(alcance), doCliente, { r }))._entities[0];
    const listed = emOrdem(titulos(await listar(quem(alcance), {})));
    expect(emOrdem(titulos(oportunidades))).toEqual(listed);
    return listed;
  };
  expect(await vistos('EQUIPE')).toEqual(['colega', 'eu']);
  await contar(organizacaoId, equipeId, [eu]);
  expect(await vistos('EQUIPE')).toEqual(['eu']);
  await contar(organizacaoId, equipeId, [eu, colega]);
  expect(await vistos('EQUIPE')).toEqual(['colega', 'eu']);
});

test('what the exclusion of a Cliente leads to goes beyond everybody’s reach', async () => {
  const { quem, clienteId, ids } = await novaCarteira();
  const eventos = createEventApplier(vendas.database.url);
  await eventos.excluido(quem('PROPRIOS'), clienteId);
  await eventos.stop();
  for (const dono of donos) {
    const query = 'query ($id: ID!) { oportunidade(id: $id) { situacao } }';
    expect((await vendas.data(quem('TODOS'), query, { id: ids[dono] })).oportunidade.situacao).toBe(
      'CANCELADA',
    );
  }
});
