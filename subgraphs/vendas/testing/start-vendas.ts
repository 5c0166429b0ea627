import { Client } from 'pg';
import { v7 } from 'uuid';
import type { Caller } from '../../../platform/caller';
import { type Environment, realEnvironment } from '../../../platform/environment';
import type { SubgraphLinks } from '../../../platform/subgraph-link';
import { aCaller } from '../../../platform/testing/callers';
import { startSubgraph } from '../../testing/start-subgraph';
import vendas from '..';

type Entidade = { readonly organizacaoId: string; readonly ativo: boolean };

/** A clock that never shows the same instant twice: who came first can be told by it. */
const strictClock = (): Environment => {
  let last = 0;
  const agora = () => {
    last = Math.max(last + 1, Date.now());
    return new Date(last);
  };
  return { ...realEnvironment, agora };
};

/**
 * The subgraph of sales among other domains made of literals: they know the Clientes and Usuarios that
 * `conhecer` was told of, and answer nothing about those of other organizations.
 */
export const startVendas = async () => {
  const conhecidas = new Map<string, Entidade>();
  const foraDoAr = new Set<string>();
  const pergunta = { respondida: async () => {} };
  const links: SubgraphLinks = (name) => async (request, asking) => {
    if (foraDoAr.has(name)) throw new Error('connection refused');
    const { representations } = request.variables as { representations: [{ id: string }] };
    const [{ id }] = representations;
    const entidade = conhecidas.get(`${name} ${id}`);
    const visible = entidade?.organizacaoId === asking.caller?.organizacaoId;
    const answer = { data: { _entities: [entidade && visible ? { id, ativo: entidade.ativo } : null] } };
    await pergunta.respondida();
    return answer;
  };
  const subgraph = await startSubgraph(vendas, { links, environment: strictClock() });
  const { run, data, errorOf } = subgraph;

  const admin = new Client(subgraph.database.adminUrl);
  await admin.connect();

  /** All that a table holds of somebody's organization. */
  const rowsOf = async (table: string, { organizacaoId }: Caller) =>
    (await admin.query(`SELECT * FROM ${table} WHERE organizacao_id = $1`, [organizacaoId])).rows;

  const conhecer = (
    name: 'clientes' | 'usuarios',
    { organizacaoId }: Caller,
    ativo = true,
    id: string = v7(),
  ): string => {
    conhecidas.set(`${name} ${id}`, { organizacaoId, ativo });
    return id;
  };

  /** What the Cliente's own domain answers from now on. */
  const tornarAtivo = (id: string, { organizacaoId }: Caller, ativo: boolean): void => {
    conhecidas.set(`clientes ${id}`, { organizacaoId, ativo });
  };

  const criarFunil = async (
    caller: Caller,
    etapas = ['Contato', 'Proposta', 'Fechamento'],
  ): Promise<{ id: string; versao: number; etapas: { id: string; nome: string }[] }> => {
    const query = `mutation ($dados: CriarFunilInput!) {
      criarFunil(dados: $dados) { id versao etapas { id nome posicao probabilidade } }
    }`;
    const dados = { nome: 'Funil', etapas: etapas.map((nome) => ({ nome, probabilidade: 50 })) };
    return (await data(caller, query, { dados })).criarFunil;
  };

  const criarMotivo = async (caller: Caller): Promise<string> =>
    (await data(caller, 'mutation { criarMotivoPerda(dados: { nome: "Preço" }) { id } }')).criarMotivoPerda
      .id;

  const criarOportunidade = async (caller: Caller, dados: Record<string, unknown>) => {
    const query = `mutation ($dados: CriarOportunidadeInput!) {
      criarOportunidade(dados: $dados) { id versao situacao etapa { id } }
    }`;
    const padrao = { titulo: 'Venda', valor: { centavos: 1000 }, clienteId: conhecer('clientes', caller) };
    return (await data(caller, query, { dados: { ...padrao, ...dados } })).criarOportunidade;
  };

  /** Somebody of a new organization with a Funil, ready to sell. */
  const novaOrganizacao = async () => {
    const caller = aCaller();
    const funil = await criarFunil(caller);
    return { caller, funil, etapaIds: funil.etapas.map(({ id }) => id) as [string, string, string] };
  };

  /** The ids of an etapa's cards, from the top. */
  const cards = async (caller: Caller, etapaId: string): Promise<string[]> => {
    const query = `query ($etapaId: ID!) {
      oportunidades(first: 100, ordem: POSICAO, filtro: { etapaId: $etapaId, situacao: ABERTA }) {
        edges { node { id } }
      }
    }`;
    const { edges } = (await data(caller, query, { etapaId })).oportunidades;
    return edges.map(({ node }: { node: { id: string } }) => node.id);
  };

  return {
    admin,
    database: subgraph.database,
    rowsOf,
    stop: async () => {
      await admin.end();
      await subgraph.stop();
    },
    run,
    data,
    errorOf,
    foraDoAr,
    /** What happens between the answer of another domain and whoever asked. */
    pergunta,
    conhecer,
    tornarAtivo,
    criarFunil,
    criarMotivo,
    criarOportunidade,
    novaOrganizacao,
    cards,
  };
};
