import { Client } from 'pg';
import { until } from '../platform/testing/until';
import {
  AuditoriaDocument,
  CriarClienteDocument,
  EditarClienteDocument,
  RenovarSessaoDocument,
  VerificarAuditoriaDocument,
} from '../schema/client/graphql';
import { startTeia, type Teia } from './testing/start-teia';

let teia: Teia;
let usuarios: Client;
beforeAll(async () => {
  teia = await startTeia({ events: true });
  usuarios = new Client(teia.databases.get('usuarios')!.adminUrl);
  await usuarios.connect();
});
afterAll(async () => {
  await usuarios.end();
  await teia.stop();
});

type Filtro = { readonly acao?: string; readonly entidade?: string; readonly entidadeId?: string };

const registros = async (token: string, filtro: Filtro = {}) =>
  (await teia.run(AuditoriaDocument, { first: 100, filtro }, token)).auditoria.edges.map(({ node }) => node);

/** Waits for the records of an organization to arrive, and answers their actions, the oldest first. */
const acoes = async (token: string, total: number, filtro: Filtro = {}): Promise<string[]> => {
  const found = await until(async () => {
    const nodes = await registros(token, filtro);
    return nodes.length >= total && nodes;
  });
  return found.map(({ acao }) => acao).reverse();
};

test('what is done in any domain comes to the audit trail, once, with who, from where and what changed', async () => {
  const { tokenAcesso: token, usuario } = await teia.novaOrganizacao();
  const { criarCliente } = await teia.run(
    CriarClienteDocument,
    { dados: { tipo: 'FISICA', nome: 'Nome Secreto' } },
    token,
  );
  const { id } = criarCliente;
  await teia.run(
    EditarClienteDocument,
    { dados: { id, versao: criarCliente.versao, nome: 'Outro Segredo' } },
    token,
  );

  expect(await acoes(token, 2, { entidadeId: id })).toEqual(['cliente.criar', 'cliente.editar']);
  const [editado] = await registros(token, { acao: 'cliente.editar' });
  expect(editado).toMatchObject({
    dominio: 'clientes',
    entidade: 'Cliente',
    entidadeId: id,
    campos: ['nome'],
    usuario: { id: usuario.id, nome: 'Ana Lúcia' },
    sessaoId: expect.any(String),
    ip: expect.stringMatching(/127\.0\.0\.1|::1/),
  });
  const todos = await registros(token);
  expect(todos.map(({ dominio }) => dominio)).toEqual(expect.arrayContaining(['usuarios', 'clientes']));
  expect(todos.map(({ numero }) => numero).sort((a, b) => a - b)).toEqual(todos.map((_, i) => i + 1));
  expect(JSON.stringify(todos)).not.toMatch(/Secreto|Segredo/);
});

test('what somebody was refused comes to it as well', async () => {
  const { tokenAcesso: administra, tokenRenovacao, usuario } = await teia.novaOrganizacao();
  await usuarios.query(
    `UPDATE membro_perfil SET perfil_id = (
       SELECT id FROM perfil WHERE organizacao_id = membro_perfil.organizacao_id AND embutido = 'LEITURA'
     ) WHERE membro_id = (SELECT id FROM membro WHERE usuario_id = $1)`,
    [usuario.id],
  );
  const { renovarSessao } = await teia.run(RenovarSessaoDocument, { dados: { tokenRenovacao } });
  const criar = teia.run(
    CriarClienteDocument,
    { dados: { tipo: 'FISICA', nome: 'Ana' } },
    renovarSessao.tokenAcesso,
  );
  await expect(criar).rejects.toThrow('FORBIDDEN');
  expect(await acoes(administra, 1, { acao: 'acesso.recusar' })).toEqual(['acesso.recusar']);
  expect(await registros(administra, { acao: 'acesso.recusar' })).toMatchObject([
    { dominio: 'clientes', entidade: 'Mutation.criarCliente', usuario: { id: usuario.id }, campos: [] },
  ]);
});

test('and is sealed, so that a change of it is found', async () => {
  const { tokenAcesso: token } = await teia.novaOrganizacao();
  await teia.run(CriarClienteDocument, { dados: { tipo: 'FISICA', nome: 'Ana' } }, token);
  await acoes(token, 1, { acao: 'cliente.criar' });
  const verificada = async () =>
    (await teia.run(VerificarAuditoriaDocument, { dados: { desdeNumero: 1 } }, token)).verificarAuditoria;
  const { ultimoSelo } = await until(async () => {
    const feita = await verificada();
    expect(feita).toMatchObject({ integra: true, problemas: [] });
    return feita.naoSelados === 0 && feita;
  });
  const [criado] = await registros(token, { acao: 'cliente.criar' });
  const numero = Number(criado?.numero);
  expect(ultimoSelo?.ultimoNumero).toBeGreaterThanOrEqual(numero);
  await usuarios.query(
    "UPDATE auditoria SET acao = 'cliente.editar' WHERE acao = 'cliente.criar' AND numero = $1",
    [numero],
  );
  expect(await verificada()).toMatchObject({
    integra: false,
    problemas: [{ tipo: 'ALTERADO', numero, ateNumero: numero }],
  });
});
