import { mapAtMost } from './map-at-most';

type Answer = {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
};

/** Executes an operation as a client of the graph would; the headers are those of the request. */
export type Ask = (
  query: string,
  variables: Readonly<Record<string, unknown>>,
  headers: { readonly authorization?: string; readonly 'idempotency-key'?: string },
) => Promise<Answer>;

export type Credentials = { readonly email: string; readonly senha: string };

type Entrada = { readonly entrar: { readonly tokenAcesso: string } };

const entrar = 'mutation ($dados: EntrarInput!) { entrar(dados: $dados) { tokenAcesso } }';

type Feitos = Readonly<Record<string, { readonly id: string }>>;

/** A request costs as much as a mutation by itself. */
const perRequest = 10;

/** Every mutation used here has one input, named after it, and what it answers has an id. */
const mutationText = (name: string, times: number): string => {
  const input = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const indexes = Array.from({ length: times }, (_, index) => index);
  const variables = indexes.map((index) => `$d${index}: ${input}!`).join(', ');
  return `mutation (${variables}) { ${indexes.map((index) => `f${index}: ${name}(dados: $d${index}) { id }`).join(' ')} }`;
};

const chunk = <Item>(items: readonly Item[], size: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));

const dataOf = <Data>({ data, errors }: Answer): Data => {
  if (errors?.[0]) throw new Error(`demo: ${errors[0].message}`);
  return data as Data;
};

/** Signs in, and answers the ways to the graph as that person; null when the credentials are not right. */
export const openSession = async (ask: Ask, { email, senha }: Credentials) => {
  const answer = await ask(entrar, { dados: { email, senha } }, {});
  if (answer.errors?.[0]?.extensions?.code === 'UNAUTHENTICATED') return null;
  const authorization = `Bearer ${dataOf<Entrada>(answer).entrar.tokenAcesso}`;
  return {
    query: async <Data>(query: string, variables = {}): Promise<Data> =>
      dataOf(await ask(query, variables, { authorization })),

    /**
     * Executes a mutation for each input, and answers the ids; what was done under this key before is not
     * done again. Each request has a key of its own, so the inputs and their order have to be the same.
     */
    once: async (key: string, mutation: string, inputs: readonly object[], atOnce = 8): Promise<string[]> => {
      const batches = await mapAtMost(atOnce, chunk(inputs, perRequest), async (batch, index) => {
        const variables = Object.fromEntries(batch.map((dados, n) => [`d${n}`, dados]));
        const headers = { authorization, 'idempotency-key': `demonstracao-${key}-${index}` };
        const feitos = dataOf<Feitos>(await ask(mutationText(mutation, batch.length), variables, headers));
        return batch.map((_, n) => feitos[`f${n}`]!.id);
      });
      return batches.flat();
    },

    close: async (): Promise<void> => {
      dataOf(await ask('mutation { sair }', {}, { authorization }));
    },
  };
};

export type GraphSession = NonNullable<Awaited<ReturnType<typeof openSession>>>;
