import { Client } from 'pg';
import { v7 } from 'uuid';
import { plantarOrganizacao } from '../testing/plantar-organizacao';
import { startUsuarios, type Usuarios } from '../testing/start-usuarios';

type Organizacao = Awaited<ReturnType<typeof plantarOrganizacao>>;

let usuarios: Usuarios;
let client: Client;
let minha: Organizacao;
let outra: Organizacao;
beforeAll(async () => {
  usuarios = await startUsuarios();
  client = new Client(usuarios.database.url);
  await client.connect();
  const plantar = (sql: string, values: unknown[]) => usuarios.admin.query(sql, values);
  [minha, outra] = [await plantarOrganizacao(plantar), await plantarOrganizacao(plantar)];
  for (const { pessoa } of [minha, outra]) await pessoa(['LEITURA']);
});
afterAll(async () => {
  await client.end();
  await usuarios.stop();
});

/** What plain SQL gets as a role in an organization: how many rows, or the SQLSTATE. */
const as = async (role: string, sql: string, values: unknown[] = []): Promise<unknown> => {
  await client.query('BEGIN');
  await client.query(`SET LOCAL ROLE ${role}`);
  await client.query("SELECT set_config('teia.organizacao', $1, true)", [minha.organizacaoId]);
  const outcome = await client.query(sql, values).then(
    ({ rowCount }) => rowCount,
    ({ code }) => code,
  );
  await client.query('ROLLBACK');
  return outcome;
};
const denied = '42501';

const darAdministrador = `INSERT INTO membro_perfil
  SELECT membro.organizacao_id, membro.id, perfil.id
  FROM membro JOIN perfil ON perfil.organizacao_id = membro.organizacao_id
  WHERE embutido = 'ADMINISTRADOR' AND membro.organizacao_id = $1`;

describe('the application`s role', () => {
  it.each([
    "UPDATE perfil SET embutido = 'ADMINISTRADOR'",
    "INSERT INTO perfil SELECT uuidv7(), teia.organizacao_atual(), 'x', 'x', null, 1, now()",
    'DELETE FROM perfil',
    "INSERT INTO concessao SELECT organizacao_id, id, 'usuarios:administrar', 'TODOS' FROM perfil",
    "UPDATE concessao SET alcance = 'TODOS'",
    'DELETE FROM concessao',
    'UPDATE membro_perfil SET perfil_id = perfil_id',
    'DELETE FROM membro_perfil',
    'UPDATE membro SET ativo = true',
    'UPDATE membro SET versao = versao + 1',
    'DELETE FROM membro',
  ])('grants nothing: %s', async (sql) => {
    expect(await as('teia_aplicacao', sql)).toBe(denied);
  });

  it('gives nobody a perfil, but holds whoever changes equipe', async () => {
    expect(await as('teia_aplicacao', darAdministrador, [minha.organizacaoId])).toBe(denied);
    expect(await as('teia_aplicacao', 'SELECT FROM membro FOR NO KEY UPDATE')).toBe(1);
  });
});

describe('the role of identity', () => {
  it('changes who may do what in the organization in its scope, and in no other', async () => {
    expect(await as('teia_identidade', darAdministrador, [minha.organizacaoId])).toBe(1);
    expect(await as('teia_identidade', darAdministrador, [outra.organizacaoId])).toBe(denied);
    for (const sql of [
      'UPDATE membro SET ativo = false WHERE organizacao_id = $1',
      "UPDATE perfil SET nome = 'x', chave = id::text WHERE organizacao_id = $1",
      'DELETE FROM membro_perfil WHERE organizacao_id = $1',
      'DELETE FROM concessao WHERE organizacao_id = $1',
    ]) {
      expect({ sql, rows: await as('teia_identidade', sql, [outra.organizacaoId]) }).toEqual({
        sql,
        rows: 0,
      });
    }
    const novoPerfil = "INSERT INTO perfil VALUES ($2, $1, 'x', 'x', null, 1, now())";
    expect(await as('teia_identidade', novoPerfil, [outra.organizacaoId, v7()])).toBe(denied);
  });

  it.each([
    "UPDATE perfil SET embutido = 'ADMINISTRADOR'",
    'UPDATE membro_perfil SET perfil_id = perfil_id',
    "UPDATE concessao SET alcance = 'TODOS'",
    "UPDATE organizacao SET nome = 'x'",
    'DELETE FROM teia.equipe_membro',
  ])('may not: %s', async (sql) => {
    expect(await as('teia_identidade', sql)).toBe(denied);
  });
});
