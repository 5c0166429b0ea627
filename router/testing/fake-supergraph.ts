import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, type GraphQLError, type GraphQLSchema, parse } from 'graphql';
import type { Asking } from '../../platform/caller';
import type { SubgraphLink, SubgraphLinks } from '../../platform/subgraph-link';

const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])`;

const typeDefs = {
  clientes: `${link}
    type Query {
      clientes: [Cliente!]!
      cliente(id: ID!): Cliente
      falha(como: String!): String
      eu: Eu!
      lento: String
      obrigatorio: Cliente!
      porPorte(porte: Porte!): [Cliente!]
    }
    type Mutation { criarCliente(dados: CriarClienteInput!): Cliente! }
    enum Porte { PEQUENO GRANDE }
    input CriarClienteInput { nome: String! }
    type Eu { usuarioId: ID permissoes: String equipes: [ID!] info: String! }
    type Cliente @key(fields: "id") { id: ID! nome: String! responsavel: Usuario vizinho: Cliente }
    type Usuario @key(fields: "id", resolvable: false) { id: ID! }`,
  usuarios: `${link}
    type Query { usuario(id: ID!): Usuario }
    type Usuario @key(fields: "id") { id: ID! nome: String! }`,
  vendas: `${link}
    type Query { oportunidades: [Oportunidade!] }
    type Oportunidade { titulo: String! }
    type Cliente @key(fields: "id") { id: ID! oportunidades: [Oportunidade!] pontos: Int! }`,
};

export type SubgraphName = keyof typeof typeDefs;
const names = Object.keys(typeDefs) as SubgraphName[];

/** Resolvers by type and field, as graphql-js takes them. */
export type Resolvers = Record<string, Record<string, unknown>>;

const cliente = (id: string) => ({
  id,
  nome: `Cliente ${id}`,
  responsavel: { id: id === '2' ? 'sumiu' : 'u1' },
  vizinho: () => cliente(id),
});

const resolvers: Record<SubgraphName, Resolvers> = {
  clientes: {
    Query: {
      clientes: () => ['1', '2'].map(cliente),
      cliente: (_: unknown, { id }: { id: string }) => cliente(id),
      eu: (_: unknown, __: unknown, { caller, info }: Asking) => ({
        ...caller,
        permissoes: caller && JSON.stringify(caller.permissoes),
        info: JSON.stringify(info),
      }),
      obrigatorio: () => ({ id: '1', nome: null }),
    },
    Mutation: { criarCliente: (_: unknown, { dados }: { dados: object }) => ({ id: '3', ...dados }) },
  },
  usuarios: {
    Usuario: {
      __resolveReference: ({ id }: { id: string }) => (id === 'u1' ? { id, nome: 'Ana' } : null),
    },
  },
  vendas: {
    Cliente: {
      __resolveReference: ({ id }: { id: string }) => ({ id }),
      oportunidades: ({ id }: { id: string }) => [{ titulo: `Oportunidade de ${id}` }],
      pontos: () => 7,
    },
  },
};

/** A subgraph of the fake graph, with some fields answered otherwise. */
export const fakeSchema = (name: SubgraphName, overrides: Resolvers = {}): GraphQLSchema => {
  const all = Object.fromEntries(
    [...new Set([...Object.keys(resolvers[name]), ...Object.keys(overrides)])].map((type) => [
      type,
      { ...resolvers[name][type], ...overrides[type] },
    ]),
  );
  return buildSubgraphSchema([{ typeDefs: parse(typeDefs[name]), resolvers: all as never }]);
};

/** Composes the fake graph; each subgraph lives at the given address. */
export const fakeSupergraph = (
  urlOf: (name: SubgraphName) => string = (name) => `http://${name}.interno:4001/`,
) => {
  const composed = composeServices(
    names.map((name) => ({ name, url: urlOf(name), typeDefs: parse(typeDefs[name]) })),
  );
  if (!composed.supergraphSdl) throw new Error(composed.errors?.map(String).join('\n'));
  return composed.supergraphSdl;
};

const schemaLink =
  (schema: GraphQLSchema): SubgraphLink =>
  async ({ query, variables, operationName }, asking) => {
    const { data, errors } = await execute({
      schema,
      document: parse(query),
      variableValues: variables,
      operationName,
      contextValue: asking,
    });
    // As over HTTP: what an error carries beyond its serialized form must not matter.
    return { data, errors: errors?.map((error: GraphQLError) => error.toJSON()) };
  };

/** Links to the fake graph in this process; `overrides` replaces resolvers, `links` whole links. */
export const fakeLinks = (
  overrides: Partial<Record<SubgraphName, Resolvers>> = {},
  links: Partial<Record<SubgraphName, SubgraphLink>> = {},
): SubgraphLinks => {
  const made = new Map<string, SubgraphLink>(
    names.map((name) => [name, links[name] ?? schemaLink(fakeSchema(name, overrides[name]))]),
  );
  return (name) => made.get(name)!;
};
