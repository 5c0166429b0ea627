import { readFileSync } from 'node:fs';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { type GraphQLSchema, parse } from 'graphql';
import { fromRoot } from '../../platform/project-root';
import { clientes, usuarios } from './data';

type Page = { readonly first?: number; readonly after?: string };

/** A cursor is the index of the item: the one after it begins the page. */
const connection = <Node>(nodes: readonly Node[], { first = 20, after }: Page) => {
  const start = after === undefined ? 0 : Number(after) + 1;
  const end = start + first;
  return {
    edges: nodes.slice(start, end).map((node, i) => ({ cursor: String(start + i), node })),
    pageInfo: {
      hasNextPage: end < nodes.length,
      hasPreviousPage: start > 0,
      startCursor: String(start),
      endCursor: String(Math.min(end, nodes.length) - 1),
    },
    totalCount: nodes.length,
  };
};

type Cliente = (typeof clientes)[number];
type Key = { readonly id: string };

const clienteOf = new Map(clientes.map((cliente) => [cliente.id, cliente]));
const usuarioOf = new Map(usuarios.map((usuario) => [usuario.id, usuario]));

const resolvers = {
  clientes: {
    Query: {
      cliente: (_: unknown, { id }: Key) => clienteOf.get(id) ?? null,
      clientes: (_: unknown, page: Page) => connection(clientes, page),
    },
    Cliente: {
      __resolveReference: ({ id }: Key) => clienteOf.get(id) ?? null,
      notas: ({ notas }: Cliente, page: Page) => connection(notas, page),
    },
  },
  usuarios: {
    Usuario: { __resolveReference: ({ id }: Key) => usuarioOf.get(id) ?? null },
  },
  vendas: {
    Cliente: {
      __resolveReference: ({ id }: Key) => ({ id }),
      oportunidades: ({ id }: Key, page: Page) => connection(clienteOf.get(id)!.oportunidades, page),
      valorEmAberto: ({ id }: Key) =>
        clienteOf
          .get(id)!
          .oportunidades.slice(0, 1)
          .map(({ valor }) => valor),
    },
  },
};

export type SubgraphName = keyof typeof resolvers;

export const subgraphNames = Object.keys(resolvers) as SubgraphName[];

/** What each subgraph declares: Teia's own committed SDL. */
const subgraphSdl = (name: SubgraphName): string =>
  readFileSync(fromRoot('schema', 'subgraphs', `${name}.graphql`), 'utf8');

/** A subgraph with Teia's own SDL that answers from memory. */
export const memorySchema = (name: SubgraphName): GraphQLSchema =>
  buildSubgraphSchema({ typeDefs: parse(subgraphSdl(name)), resolvers: resolvers[name] });
