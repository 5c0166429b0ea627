import { readFileSync } from 'node:fs';
import { fromRoot } from '../platform/project-root';

const read = (...names: string[]): string =>
  names.map((name) => readFileSync(fromRoot('schema', 'operations', `${name}.graphql`), 'utf8')).join('\n');

/** What the operations ask for: ids of customers, and cursors of the list, each with a page of 50 after it. */
export type Subjects = { readonly ids: readonly string[]; readonly cursors: readonly string[] };

export type Operation = {
  readonly name: string;
  /** The body of the nth request. Neighbours ask for different things, so that nobody can answer two at once. */
  readonly body: (n: number, subjects: Subjects) => string;
};

const pick = (items: readonly string[], n: number): string => items[n % items.length]!;

const operation = (
  name: string,
  query: string,
  variablesOf: (n: number, subjects: Subjects) => object,
): Operation => ({
  name,
  body: (n, subjects) => JSON.stringify({ query, variables: variablesOf(n, subjects) }),
});

const pointRead = 'query Cliente($id: ID!) { cliente(id: $id) { id nome tipo documento emails telefones } }';

const list = `query Lista($first: Int, $after: String) {
  clientes(first: $first, after: $after) {
    edges { cursor node { id nome tipo documento emails telefones etiquetas ativo versao } }
    pageInfo { hasNextPage endCursor }
  }
}`;

const withBranches = `query ComRamos($first: Int, $after: String) {
  clientes(first: $first, after: $after) {
    edges {
      node {
        id
        nome
        enderecos { cidade uf }
        responsavel { id nome }
        valorEmAberto { centavos moeda }
        oportunidades(first: 3) { edges { node { id titulo valor { centavos moeda } etapa { nome } } } }
      }
    }
  }
}`;

/** The four operations that everything is measured by. */
export const operations: readonly Operation[] = [
  operation('point read', pointRead, (n, { ids }) => ({ id: pick(ids, n) })),
  operation('list of 20', list, (n, { cursors }) => ({ first: 20, after: pick(cursors, n) })),
  operation(
    'customer whole',
    read('cliente-completo', 'cliente-resumido', 'oportunidade-resumida'),
    (n, { ids }) => ({ id: pick(ids, n) }),
  ),
  operation('50 with branches', withBranches, (n, { cursors }) => ({ first: 50, after: pick(cursors, n) })),
];
