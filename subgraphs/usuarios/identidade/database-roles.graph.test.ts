import { Client } from 'pg';
import type { Caller } from '../../../platform/caller';
import { startUsuarios, type Usuarios } from '../testing/start-usuarios';

let usuarios: Usuarios;
let ana: Caller;
let bia: Caller;
let client: Client;
beforeAll(async () => {
  usuarios = await startUsuarios();
  ana = await usuarios.registrado({ nome: 'Ana' });
  bia = await usuarios.registrado({ nome: 'Bia' });
  client = new Client(usuarios.database.url);
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await usuarios.stop();
});

/** What plain SQL gets as a role in Ana's organization: its rows, or the SQLSTATE. */
const as = async (role: string, sql: string, values: unknown[] = []): Promise<unknown> => {
  await client.query('BEGIN');
  await client.query(`SET LOCAL ROLE ${role}`);
  await client.query("SELECT set_config('teia.organizacao', $1, true)", [ana.organizacaoId]);
  const outcome = await client.query(sql, values).then(
    ({ rows }) => rows,
    ({ code }) => code,
  );
  await client.query('ROLLBACK');
  return outcome;
};
const denied = '42501';

describe('the application`s role', () => {
  it.each([
    'SELECT senha_hash FROM usuario',
    'SELECT * FROM usuario',
    'SELECT usuario FROM usuario',
    "SELECT id FROM usuario WHERE senha_hash LIKE '$argon2id$%'",
    'SELECT id FROM usuario ORDER BY senha_hash',
    "UPDATE usuario SET nome = 'x'",
    "UPDATE usuario SET senha_hash = 'x'",
    'DELETE FROM usuario',
    "INSERT INTO usuario VALUES (uuidv7(), 'x', 'x@x.com', 'x', true, now())",
    "UPDATE organizacao SET nome = 'x'",
    'DELETE FROM organizacao',
    "INSERT INTO organizacao VALUES (uuidv7(), 'x', now())",
    'UPDATE membro SET ativo = true',
    'DELETE FROM membro',
    `INSERT INTO membro SELECT uuidv7(), teia.organizacao_atual(), id, 'ADMINISTRADOR', true, now() FROM usuario`,
    'SELECT FROM sessao',
    'SELECT count(*) FROM sessao',
    'UPDATE sessao SET revogada_em = now()',
    'DELETE FROM sessao',
    'INSERT INTO sessao (id) VALUES (uuidv7())',
    'TRUNCATE sessao',
  ])('may not: %s', async (sql) => {
    expect(await as('teia_aplicacao', sql)).toBe(denied);
  });

  it('sees the people and the organization of its tenant and no others', async () => {
    expect(await as('teia_aplicacao', 'SELECT id, nome FROM usuario')).toEqual([
      { id: ana.usuarioId, nome: 'Ana' },
    ]);
    expect(await as('teia_aplicacao', 'SELECT id FROM organizacao')).toEqual([{ id: ana.organizacaoId }]);
    expect(await as('teia_aplicacao', 'SELECT nome FROM usuario WHERE id = $1', [bia.usuarioId])).toEqual([]);
  });
});

describe('the role of identity', () => {
  it.each([
    'SELECT nome FROM usuario',
    "UPDATE usuario SET senha_hash = 'x'",
    'DELETE FROM usuario',
    'SELECT nome FROM organizacao',
    "UPDATE organizacao SET nome = 'x'",
    'DELETE FROM organizacao',
    "UPDATE membro SET perfil = 'ADMINISTRADOR'",
    'DELETE FROM membro',
    'UPDATE sessao SET usuario_id = uuidv7()',
    "UPDATE sessao SET expira_em = 'infinity'",
    'DELETE FROM sessao',
    'SELECT FROM teia.outbox',
    'SELECT FROM teia.auditoria',
    'DELETE FROM teia.agregado',
    'DELETE FROM teia.idempotencia',
    "UPDATE teia.idempotencia SET chave = 'x'",
  ])('may not: %s', async (sql) => {
    expect(await as('teia_identidade', sql)).toBe(denied);
  });

  it.each([
    ['an organization', "INSERT INTO organizacao VALUES ($1, 'x', now())"],
    [
      'a tie',
      `INSERT INTO membro SELECT uuidv7(), $1, id, 'ADMINISTRADOR', true, now() FROM usuario LIMIT 1`,
    ],
    [
      'a session',
      `INSERT INTO sessao SELECT uuidv7(), organizacao_id, usuario_id, 'x', now(), now(), now()
       FROM membro WHERE organizacao_id = $1`,
    ],
    ['a sequence', `INSERT INTO teia.agregado VALUES ($1, 'x', $1, 1)`],
    ['an idempotency key', `INSERT INTO teia.idempotencia VALUES ($1, $1, 'x', 'x', 'x', 'x', null, now())`],
  ])('adds %s to no organization but the one in its scope', async (_, sql) => {
    expect(await as('teia_identidade', sql, [bia.organizacaoId])).toBe(denied);
  });
});
