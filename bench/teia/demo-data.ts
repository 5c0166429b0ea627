import { askOverHttp } from '../../demo/ask-over-http';
import { openSession } from '../../demo/graph-session';
import { seedDemo } from '../../demo/seed-demo';
import type { Subjects } from '../operations';
import type { Database } from './database';

type Page = {
  readonly clientes: {
    readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
};

const page = `query ($after: String) {
  clientes(first: 100, after: $after) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } }
}`;

/** Fills Teia with the demo's data, as a client of the graph, and answers what there is to ask for. */
export const fillDemo = async (url: string, { administrador }: Database): Promise<Subjects> => {
  const ask = askOverHttp(url);
  await seedDemo({ ask, administrador, onStep: () => {} });
  const session = (await openSession(ask, administrador))!;
  const edges: Page['clientes']['edges'][number][] = [];
  let after: string | null = null;
  do {
    const { clientes }: Page = await session.query<Page>(page, { after });
    edges.push(...clientes.edges);
    after = clientes.pageInfo.hasNextPage ? clientes.pageInfo.endCursor : null;
  } while (after);
  await session.close();
  return {
    ids: edges.map(({ node }) => node.id),
    cursors: edges.slice(0, -50).map(({ cursor }) => cursor),
  };
};

const entrar = 'mutation ($dados: EntrarInput!) { entrar(dados: $dados) { tokenAcesso } }';

/** The headers of the administrator's requests; the token holds for 15 minutes. */
export const signIn = async (url: string, { administrador: { email, senha } }: Database) => {
  const { data, errors } = await askOverHttp(url)(entrar, { dados: { email, senha } }, {});
  if (!data) throw new Error(JSON.stringify(errors));
  const { tokenAcesso } = data.entrar as { tokenAcesso: string };
  return { authorization: `Bearer ${tokenAcesso}` };
};
