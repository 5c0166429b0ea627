import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, parse } from 'graphql';
import { edgeDefinitions, edgeLinks } from '../../../platform/subgraph/edge-directives';
import type { SubgraphLinks } from '../../../platform/subgraph-link';

const typeDefs = parse(`
  extend schema @link(
    url: "https://specs.apollo.dev/federation/v2.9"
    import: ["@key", "@composeDirective"]
  )
  ${edgeLinks}${edgeDefinitions}
  type Query {
    livre: String
    busca: Item @limite(max: 10, janela: "1m", por: [IP, USUARIO])
    coisa: Coisa
    qualquer: Qualquer
  }
  type Mutation {
    entrar: String @limite(max: 3, janela: "1m", por: [IP])
    exportar: String @limite(max: 2, janela: "1h", por: [USUARIO, ORGANIZACAO])
    convidar: String @limite(max: 3, janela: "1m", por: [ORGANIZACAO])
    criar: String
  }
  interface Coisa { nome: String }
  union Qualquer = Item
  type Item implements Coisa { nome: String preco: Int @limite(max: 5, janela: "30s", por: [IP]) vizinho: Item }
  type Outra implements Coisa { nome: String @limite(max: 4, janela: "1m", por: [IP]) }
`);

export const limitedSupergraph = (): string => {
  const composed = composeServices([{ name: 'limitado', url: 'http://limitado.interno:4001/', typeDefs }]);
  if (!composed.supergraphSdl) throw new Error(composed.errors?.map(String).join('\n'));
  return composed.supergraphSdl;
};

/** A subgraph with limited fields, and which of its root fields were executed. */
export const limitedGraph = () => {
  const executed: string[] = [];
  const item = { __typename: 'Item', nome: 'Item', preco: 1, vizinho: () => item };
  const note =
    (field: string, value: unknown = field) =>
    () => {
      executed.push(field);
      return value;
    };
  const schema = buildSubgraphSchema([
    {
      typeDefs,
      resolvers: {
        Query: {
          livre: note('livre'),
          busca: note('busca', item),
          coisa: note('coisa', item),
          qualquer: note('qualquer', item),
        },
        Mutation: Object.fromEntries(
          ['entrar', 'exportar', 'convidar', 'criar'].map((field) => [field, note(field)]),
        ),
      },
    },
  ]);
  const links: SubgraphLinks =
    () =>
    async ({ query, variables, operationName }) => {
      const { data, errors } = await execute({
        schema,
        document: parse(query),
        variableValues: variables,
        operationName,
      });
      return { data, errors: errors?.map((error) => error.toJSON()) };
    };
  return { links, executed };
};
