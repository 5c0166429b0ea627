import { request } from 'undici';
import { administrador } from './split-teia';

type Answer = {
  data: Record<string, never> | null;
  errors?: { path: unknown[]; extensions: Record<string, string> }[];
};

export const asker =
  (url: string) =>
  async (query: string, variables: object = {}, token?: string) => {
    const response = await request(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    return { status: response.statusCode, ...((await response.body.json()) as Answer) };
  };

const documents = {
  entrar: 'mutation ($dados: EntrarInput!) { entrar(dados: $dados) { tokenAcesso } }',
  eu: '{ eu { id } }',
  criarCliente: 'mutation ($dados: CriarClienteInput!) { criarCliente(dados: $dados) { id } }',
  criarFunil: 'mutation ($dados: CriarFunilInput!) { criarFunil(dados: $dados) { id } }',
  criarOportunidade:
    'mutation ($dados: CriarOportunidadeInput!) { criarOportunidade(dados: $dados) { cliente { nome } } }',
};

/** Somebody signed in with a Cliente and an Oportunidade, over which vendas had to ask both other domains. */
export const sellOnce = async (ask: ReturnType<typeof asker>, credenciais = administrador) => {
  let token: string | undefined;
  const run = async (field: keyof typeof documents, dados?: object) => {
    const { data, errors } = await ask(documents[field], { dados }, token);
    if (errors) throw new Error(JSON.stringify(errors));
    return data?.[field] as unknown as { id: string; tokenAcesso: string };
  };
  token = (await run('entrar', credenciais)).tokenAcesso;
  const responsavelId = (await run('eu')).id;
  const { id: clienteId } = await run('criarCliente', { tipo: 'FISICA', nome: 'Zoë', responsavelId });
  const etapas = [{ nome: 'Contato', probabilidade: 10 }];
  const { id: funilId } = await run('criarFunil', { nome: 'Vendas', etapas });
  const oportunidade = { titulo: 'x', clienteId, responsavelId, funilId, valor: { centavos: 1 } };
  expect(await run('criarOportunidade', oportunidade)).toEqual({ cliente: { nome: 'Zoë' } });
  return { token, clienteId };
};
