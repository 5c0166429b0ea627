import { randomUUID } from 'node:crypto';
import { startTeia, type Teia } from '../router/testing/start-teia';
import { ClientesDocument, CriarClienteDocument } from '../schema/client/graphql';
import { gerarClientes } from './clientes';
import { etapas, motivosPerda } from './funil';
import type { Ask } from './graph-session';
import { gerarOportunidades, type Oportunidade } from './oportunidades';
import { seedDemo } from './seed-demo';

jest.setTimeout(120_000);

const clientes = gerarClientes();
const oportunidades = gerarOportunidades(clientes);

const quantas = (situacao: Oportunidade['desfecho']['situacao']) =>
  oportunidades.filter(({ desfecho }) => desfecho.situacao === situacao).length;

const completa = {
  ativos: { totalCount: clientes.filter(({ excluido }) => !excluido).length },
  excluidos: { totalCount: clientes.filter(({ excluido }) => excluido).length },
  abertas: { totalCount: quantas('ABERTA') },
  ganhas: { totalCount: quantas('GANHA') },
  perdidas: { totalCount: quantas('PERDIDA') },
  funis: [{ nome: 'Funil de Vendas', etapas }],
  motivosPerda: motivosPerda.map(({ nome }) => ({ nome })),
};

const conteudo = `{
  ativos: clientes(first: 0) { totalCount }
  excluidos: clientes(first: 0, filtro: { ativo: false }) { totalCount }
  abertas: oportunidades(first: 0, filtro: { situacao: ABERTA }) { totalCount }
  ganhas: oportunidades(first: 0, filtro: { situacao: GANHA }) { totalCount }
  perdidas: oportunidades(first: 0, filtro: { situacao: PERDIDA }) { totalCount }
  funis { nome etapas { nome probabilidade } }
  motivosPerda { nome }
}`;

const busca = `query ($busca: String!) {
  clientes(first: 100, filtro: { busca: $busca }) {
    edges { node { nome valorEmAberto { centavos moeda } } }
  }
}`;

let teia: Teia;

beforeAll(async () => {
  teia = await startTeia();
});

afterAll(() => teia.stop());

/** An empty organization of its own, and ways to seed it and to look into it. */
const novaOrganizacao = async () => {
  const administrador = {
    email: `${randomUUID()}@example.com`,
    senha: 'uma senha comprida',
    organizacao: 'Organização de Demonstração',
  };
  const { tokenAcesso } = await teia.novaOrganizacao(administrador);
  const steps: string[] = [];
  const options = { ask: teia.ask as Ask, administrador, onStep: (step: string) => void steps.push(step) };
  return {
    tokenAcesso,
    steps,
    seed: (others: Partial<typeof options> = {}) => seedDemo({ ...options, ...others }),
    administrador,
    ler: async (query: string, variables = {}) => {
      const answer = await teia.ask(query, variables, { authorization: `Bearer ${tokenAcesso}` });
      expect(answer.errors).toBeUndefined();
      return answer.data;
    },
  };
};

/** The router answers so many requests; after that it works on, and no answer arrives. */
const diesAfter = (answers: number): Ask => {
  let left = answers;
  return async (...request) => {
    const answer = await teia.ask(...(request as Parameters<Teia['ask']>));
    left -= 1;
    if (left < 0) throw new Error('killed');
    return answer;
  };
};

test('interrupted, and then run by two at once, it ends with everything once', async () => {
  const { seed, steps, ler } = await novaOrganizacao();
  for (const answers of [3, 18, 55]) {
    await expect(seed({ ask: diesAfter(answers) })).rejects.toThrow('killed');
  }
  await Promise.all([seed(), seed()]);
  expect(await ler(conteudo)).toEqual(completa);
  expect(new Set(steps)).toEqual(
    new Set(['Criando os dados de demonstração: 240 clientes e 125 oportunidades']),
  );

  const before = steps.length;
  expect(await seed()).toBe('kept');
  expect(steps).toHaveLength(before);
  expect(await ler(conteudo)).toEqual(completa);

  expect(JSON.stringify(await ler(busca, { busca: 'joao si' }))).toContain('"João da Silva"');
  const emAberto = /"valorEmAberto":\[\{"centavos":\d+,"moeda":"BRL"\}\]/;
  expect(JSON.stringify(await ler(busca, { busca: 'ltda' }))).toMatch(emAberto);
});

test('leaves an organization alone where somebody began to work', async () => {
  const { seed, steps, tokenAcesso } = await novaOrganizacao();
  const dados = { tipo: 'FISICA', nome: 'Cliente de verdade' } as const;
  await teia.run(CriarClienteDocument, { dados }, tokenAcesso);
  expect(await seed()).toBe('kept');
  const { totalCount } = (await teia.run(ClientesDocument, {}, tokenAcesso)).clientes;
  expect([totalCount, steps]).toEqual([1, []]);
});

test.each([
  [{ senha: 'a senha já é outra' }, 'refused'],
  [{ email: 'ninguem@example.com' }, 'refused'],
  [{ organizacao: 'Outra organização' }, 'kept'],
])('does nothing when the login is no longer that of the demo: %j', async (other, outcome) => {
  const { seed, steps, administrador, ler } = await novaOrganizacao();
  expect(await seed({ administrador: { ...administrador, ...other } })).toBe(outcome);
  expect(steps).toEqual([]);
  expect(await ler('{ funis { id } clientes { totalCount } }')).toEqual({
    funis: [],
    clientes: { totalCount: 0 },
  });
});

test('says what the graph refused', async () => {
  const { seed } = await novaOrganizacao();
  const ask: Ask = async () => ({ errors: [{ message: 'Parte do sistema está indisponível.' }] });
  await expect(seed({ ask })).rejects.toThrow('Parte do sistema está indisponível.');
});
