import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, parse } from 'graphql';
import type { Asking } from '../../../platform/caller';
import { edgeDefinitions, edgeLinks } from '../../../platform/subgraph/edge-directives';
import type { SubgraphLinks } from '../../../platform/subgraph-link';
import { asEnforcedBySubgraphs } from '../../our-supergraph';

const typeDefs = parse(`${edgeLinks}${edgeDefinitions}
  extend schema @link(
    url: "https://specs.apollo.dev/federation/v2.9"
    import: ["@authenticated", "@requiresScopes", "@composeDirective", "@key"]
  )
  type Query {
    publico(n: Int): String @cacheControl(maxAge: 60, scope: PUBLIC)
    breve: String @cacheControl(maxAge: 10, scope: PUBLIC)
    meu: String @cacheControl(maxAge: 60, scope: PRIVATE)
    semEscopo: String @cacheControl(maxAge: 60)
    mentira: String @authenticated @cacheControl(maxAge: 60, scope: PUBLIC)
    comPermissao: String @requiresScopes(scopes: [["clientes:ler"]]) @cacheControl(maxAge: 60, scope: PUBLIC)
    zero: String @cacheControl(maxAge: 0, scope: PUBLIC)
    sempreNovo: String
    falha: String @cacheControl(maxAge: 60, scope: PUBLIC)
    coisas: [Coisa!] @cacheControl(maxAge: 60, scope: PUBLIC)
    semDica: [Coisa!]
    modelos: [Modelo!]
    algo: Algo @cacheControl(maxAge: 60, scope: PUBLIC)
    cofre: Cofre @cacheControl(maxAge: 60, scope: PUBLIC)
    dela: Dela @cacheControl(maxAge: 60, scope: PUBLIC)
  }
  scalar Cofre @authenticated
  union Dela @cacheControl(maxAge: 60, scope: PRIVATE) = Modelo
  type Mutation { mudar: String @cacheControl(maxAge: 60, scope: PUBLIC) }
  interface Algo { nome: String @cacheControl(maxAge: 50, scope: PUBLIC) }
  type Coisa implements Algo {
    nome: String @cacheControl(maxAge: 40, scope: PUBLIC)
    segredo: String @authenticated
    dona: Pessoa
    vizinha: Coisa @cacheControl(inheritMaxAge: true)
    modelo: Modelo
  }
  type Outra implements Algo { nome: String @cacheControl(maxAge: 30, scope: PRIVATE) }
  type Pessoa { nome: String }
  type Modelo @cacheControl(maxAge: 20, scope: PUBLIC) { nome: String }
`);

const compose = (): string => {
  const { supergraphSdl, errors } = composeServices([
    { name: 'guardados', url: 'http://guardados', typeDefs },
  ]);
  if (!supergraphSdl) throw new Error(errors?.map(String).join('\n'));
  return asEnforcedBySubgraphs(supergraphSdl);
};

/** A graph whose fields may be kept for various times, each telling who asked, and how often anybody did. */
export const cacheableGraph = () => {
  let asked = 0;
  const whoAsks = (_: unknown, __: unknown, { caller }: Asking) => JSON.stringify(caller);
  const coisa = { nome: 'mesa' };
  const resolvers = {
    Query: {
      publico: (_: unknown, { n }: { n?: number }) => `para todos ${n ?? ''}${'.'.repeat(2_000)}`,
      breve: () => 'breve',
      meu: whoAsks,
      semEscopo: whoAsks,
      mentira: whoAsks,
      comPermissao: whoAsks,
      sempreNovo: () => String(asked),
      falha: () => {
        throw new Error('sempre');
      },
      coisas: () => [coisa],
      modelos: () => [{ nome: 'modelo' }],
      algo: () => ({ __typename: 'Coisa', ...coisa }),
    },
    Mutation: { mudar: () => 'mudado' },
  };
  const schema = buildSubgraphSchema([{ typeDefs, resolvers: resolvers as never }]);
  const links: SubgraphLinks =
    () =>
    async ({ query, variables, operationName }, asking) => {
      asked += 1;
      const { data, errors } = await execute({
        schema,
        document: parse(query),
        variableValues: variables,
        operationName,
        contextValue: asking,
      });
      return { data, errors: errors?.map((error) => error.toJSON()) };
    };
  return { supergraph: compose(), links, asked: () => asked };
};
