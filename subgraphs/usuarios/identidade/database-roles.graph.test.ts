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
    `INSERT INTO membro (id, organizacao_id, usuario_id, ativo, versao, criado_em)
     SELECT uuidv7(), teia.organizacao_atual(), id, true, 1, now() FROM usuario`,
    'SELECT FROM sessao',
    'SELECT count(*) FROM sessao',
    'UPDATE sessao SET revogada_em = now()',
    'DELETE FROM sessao',
    'INSERT INTO sessao (id) VALUES (uuidv7())',
    'TRUNCATE sessao',
    'SELECT FROM token_usado',
    'DELETE FROM token_usado',
    'SELECT FROM revogacao',
    'DELETE FROM revogacao',
    'INSERT INTO revogacao (id, sessao_id, desde) VALUES (uuidv7(), uuidv7(), now())',
    'INSERT INTO revogacao (id, usuario_id, desde) VALUES (uuidv7(), uuidv7(), now())',
    'SELECT FROM confirmacao',
    "UPDATE confirmacao SET token_hash = 'x'",
    'DELETE FROM confirmacao',
    'INSERT INTO confirmacao (id) VALUES (uuidv7())',
    'UPDATE convite SET aceito_em = now()',
    'DELETE FROM convite',
    `INSERT INTO convite (id, organizacao_id, email, convidado_por, criado_em, expira_em)
     VALUES (uuidv7(), teia.organizacao_atual(), 'x@x.com', uuidv7(), now(), now())`,
    'INSERT INTO convite_perfil VALUES (teia.organizacao_atual(), uuidv7(), uuidv7())',
    'DELETE FROM convite_perfil',
  ])('may not: %s', async (sql) => {
    expect(await as('teia_aplicacao', sql)).toBe(denied);
  });

  it('ends the access of people of its tenant and of no others', async () => {
    const revoke = ({ usuarioId }: Caller, organizacaoId: string | null, desde = new Date()) =>
      as(
        'teia_aplicacao',
        'INSERT INTO revogacao (id, usuario_id, organizacao_id, desde) VALUES (uuidv7(), $1, $2, $3)',
        [usuarioId, organizacaoId, desde],
      );
    expect(await revoke(ana, ana.organizacaoId)).toEqual([]);
    expect(await revoke(bia, ana.organizacaoId)).toBe(denied);
    // What they do elsewhere is not for it to end, nor may any entry last.
    expect(await revoke(ana, bia.organizacaoId)).toBe(denied);
    expect(await revoke(bia, bia.organizacaoId)).toBe(denied);
    expect(await revoke(ana, null)).toBe(denied);
    for (const desde of [new Date(Date.now() + 120_000), new Date('9999-12-31')]) {
      expect(await revoke(ana, ana.organizacaoId, desde)).toBe(denied);
    }
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
    "UPDATE usuario SET nome = 'x'",
    "UPDATE usuario SET email = 'x'",
    'DELETE FROM usuario',
    'SELECT criada_em FROM organizacao',
    "UPDATE organizacao SET nome = 'x'",
    'DELETE FROM organizacao',
    'UPDATE membro SET usuario_id = uuidv7()',
    'DELETE FROM membro',
    'UPDATE sessao SET usuario_id = uuidv7()',
    "UPDATE sessao SET expira_em = 'infinity'",
    'DELETE FROM sessao',
    'UPDATE token_usado SET usado_em = now()',
    'DELETE FROM token_usado',
    'UPDATE revogacao SET desde = now()',
    'INSERT INTO revogacao (id, usuario_id, desde, registrada_em) VALUES (uuidv7(), uuidv7(), now(), now())',
    'DELETE FROM revogacao',
    "UPDATE confirmacao SET email = 'x'",
    "UPDATE confirmacao SET expira_em = 'infinity'",
    'DELETE FROM confirmacao',
    "UPDATE convite SET email = 'x'",
    'DELETE FROM convite',
    'DELETE FROM convite_perfil',
    'SELECT FROM teia.outbox',
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
      `INSERT INTO membro (id, organizacao_id, usuario_id, ativo, versao, criado_em)
       SELECT uuidv7(), $1, id, true, 1, now() FROM usuario LIMIT 1`,
    ],
    [
      'a session',
      `INSERT INTO sessao SELECT uuidv7(), organizacao_id, usuario_id, 'x', now(), now(), now()
       FROM membro WHERE organizacao_id = $1`,
    ],
    [
      'an invitation',
      `INSERT INTO convite (id, organizacao_id, email, convidado_por, criado_em, expira_em)
       VALUES (uuidv7(), $1, 'x@x.com', uuidv7(), now(), now())`,
    ],
    ['a sequence', `INSERT INTO teia.agregado VALUES ($1, 'x', $1, 1)`],
    ['an idempotency key', `INSERT INTO teia.idempotencia VALUES ($1, $1, 'x', 'x', 'x', 'x', null, now())`],
  ])('adds %s to no organization but the one in its scope', async (_, sql) => {
    expect(await as('teia_identidade', sql, [bia.organizacaoId])).toBe(denied);
  });
});
